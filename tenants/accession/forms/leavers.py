"""The form by which the office withholds somebody's view."""

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm
from tenants.accession.models.leavers import ViewWithheld


class WithholdForm(KeyedForm):
    """The reason for which somebody who left reads nothing more."""

    MODEL = ViewWithheld
    reason = LongText(
        label="Powód", rows=4, help_text="Zostanie w dzienniku. Nie wpisuj danych rodzin."
    )
