"""Forms with which an agreement is sent to be signed, and taken back (POR-C signatures)."""

from typing import Any

from django import forms

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import Line, LongText, NumberField
from kooperacja.ui.forms import SeenForm
from tenants.agreements.copies import MOST
from tenants.agreements.models import Agreement, NumberRule
from tenants.agreements.models.agreements import LONGEST_NUMBER, Copies


class SendToSignForm(SeenForm):
    """How it is signed on paper, by those who do not sign electronically."""

    copies = forms.ChoiceField(
        label="Podpisy na papierze",
        choices=Copies.choices,
        widget=forms.RadioSelect,
        help_text="Kto podpisuje elektronicznie, podpisuje plik z podpisami poprzednich Stron; "
        "papieru wtedy nie potrzebuje.",
    )
    copies_count = NumberField(
        label="Liczba egzemplarzy",
        required=False,
        min_value=2,
        max_value=MOST,
        help_text="Gdy krąży jeden komplet: ile w nim egzemplarzy. Puste: tyle, ile Stron.",
    )

    number = Line(
        label="Numer porozumienia",
        max_length=LONGEST_NUMBER,
        help_text="Numer, który nadał EZD. Stanie na porozumieniu; każdy w roku jest inny.",
    )

    def __init__(self, *args: Any, row: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial={"copies": row.copies}, **kwargs)
        if not NumberRule.objects.newest().is_typed:
            del self.fields["number"]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"version": values.pop("version"), "values": values}

    def saved_now(self, current: Agreement) -> dict[str, Any]:
        return {
            "copies": current.copies,
            "copies_count": current.copies_count,
            "number": current.number,
        }


class TakeBackForm(GuardedForm, SeenForm):
    """The reason for which a text comes back to be mended; it is told to the parties."""

    reason = LongText(
        label="Powód", rows=3, max_length=500, help_text="Przeczytają go wszystkie Strony."
    )
