"""Forms of a signature, of a refusal and of its end (POR-C signatures)."""

from typing import Any
from uuid import UUID

from django import forms

from kooperacja.documents.forms import pdf_field
from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import KeyedForm, SeenForm
from tenants.agreements.models import Party, Signature
from tenants.agreements.models.signatures import WAYS, Basis

_APART = ("key", "document", "file", "basis_file")


class SignatureForm(KeyedForm):
    """The signature of a representative and the basis on which it was given."""

    MODEL = Signature

    signer = Line(
        label="Kto podpisuje",
        max_length=200,
        help_text="Imię i nazwisko. Jeśli podpisuje kto inny niż osoba z porozumienia, wpisz tę osobę.",
    )
    function = Line(label="Funkcja", max_length=200)
    signed_on = DayField(
        label="Data podpisu",
        help_text="Nie wcześniejsza niż dzień przekazania do podpisu i nie późniejsza niż ostatni "
        "dzień na podpisy.",
    )
    mode = forms.ChoiceField(
        label="Jak podpisano", choices=[*WAYS.items()], widget=forms.RadioSelect
    )
    file = pdf_field(
        "Podpisany plik",
        "Skan podpisanego egzemplarza w PDF albo plik z podpisem elektronicznym: PDF, a także plik "
        ".xades, .xml, .asice, .sce lub .asics z dokumentem PDF w środku. Do 20 MB.",
    )
    basis = forms.ChoiceField(
        label="Na jakiej podstawie ta osoba podpisuje",
        choices=Basis.choices,
        widget=forms.RadioSelect,
        help_text="Numer, datę i plik podstawy widzą tylko ośrodek i ta Strona.",
    )
    basis_number = Line(
        label="Numer podstawy",
        max_length=100,
        required=False,
        help_text="Numer uchwały, pełnomocnictwa albo aktu powołania. Przy uchwale wymagany.",
    )
    basis_on = DayField(
        label="Podstawa z dnia",
        required=False,
        help_text="Przy pełnomocnictwie i uchwale wymagany; nie późniejszy niż data podpisu.",
    )
    basis_until = DayField(
        label="Podstawa ważna do",
        required=False,
        help_text="Zostaw puste, jeśli jest bezterminowa. W dniu podpisu musi być jeszcze ważna.",
    )
    basis_file = forms.FileField(
        label="Plik podstawy (PDF)",
        required=False,
        help_text="Przy pełnomocnictwie i uchwale wymagany. Do 20 MB.",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        kwargs["initial"] = {"signer": party.represented_by, "function": party.function}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        apart = {name: said.pop(name) for name in _APART if name in said}
        return {**apart, "values": said}


class PartySignatureForm(SignatureForm):
    """The same under what lies before the parties; another text may lie there once it is sent."""

    document = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["document"] = document


def _reason(label: str) -> LongText:
    return LongText(
        label=label,
        rows=4,
        max_length=1000,
        help_text="Przeczytają go ośrodek i Strony, które już podpisały. Nie wpisuj danych rodzin.",
    )


class PartyRefusalForm(GuardedForm, SeenForm):
    """The reason for which a party does not sign."""

    reason = _reason("Powód odmowy")


class PartyWithdrawalForm(GuardedForm, SeenForm):
    """The reason for which a party takes its signature back."""

    reason = _reason("Powód wycofania podpisu")


class PartyReturnForm(SeenForm):
    """Carries the version of the party that thinks better of its refusal."""
