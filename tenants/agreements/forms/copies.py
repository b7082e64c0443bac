"""The form in which a copy of an agreement is handed over (POR preamble)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import DayField
from kooperacja.ui.forms import KeyedForm
from tenants.agreements.actions.copies import holders
from tenants.agreements.forms.fields import PartyField
from tenants.agreements.models import Agreement, CopyHandover, Party
from tenants.agreements.models.copies import OFFICE, Handing

_APART = ("key", "receipt")


class HandoverForm(KeyedForm):
    """Says which copy went to whom, when and how."""

    MODEL = CopyHandover

    copy = forms.TypedChoiceField(label="Egzemplarz", coerce=int)
    party = PartyField(Party.objects.none(), label="Kto go ma", required=False, empty_label=OFFICE)
    way = forms.ChoiceField(
        label="Jak przekazano", choices=Handing.choices, widget=forms.RadioSelect
    )
    handed_on = DayField(label="Przekazano dnia")
    receipt = forms.FileField(
        label="Potwierdzenie odbioru (PDF)",
        required=False,
        help_text="Może zostać puste. Otworzą je ośrodek i ta Strona. Do 20 MB.",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
    )

    def __init__(self, *args: Any, agreement: Agreement, copy: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"copy": copy}
        super().__init__(*args, **kwargs)
        copies: Any = self.fields["copy"]
        count = agreement.copies_count or 0
        copies.choices = [(number, f"nr {number}") for number in range(1, count + 1)]
        parties: Any = self.fields["party"]
        parties.queryset = holders(agreement)

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**{name: said.pop(name) for name in _APART}, "values": said}
