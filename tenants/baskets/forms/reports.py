"""The form with which a reader tells of a mistake (REG §3.5–3.6)."""

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm
from tenants.baskets.models.checks import ServiceReport
from tenants.people.forms import NO_FAMILIES


class ReportForm(KeyedForm):
    """Tells of a mistake in the description of a service."""

    MODEL = ServiceReport

    text = LongText(label="Co jest nie tak", max_length=1000, rows=4, help_text=NO_FAMILIES)
