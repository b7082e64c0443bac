"""The form with which a reader tells of a mistake (REG §3.5–3.6)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm
from tenants.baskets.following import Part
from tenants.baskets.models.checks import ServiceReport
from tenants.people.forms import NO_FAMILIES


class ReportForm(KeyedForm):
    """Tells of a mistake in the description of a service."""

    MODEL = ServiceReport

    part = forms.ChoiceField(label="Czego to dotyczy", choices=Part, widget=forms.RadioSelect)
    text = LongText(label="Co jest nie tak", max_length=1000, rows=4, help_text=NO_FAMILIES)

    def __init__(self, *args: Any, follows: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not follows:  # all of it is said here
            del self.fields["part"]
