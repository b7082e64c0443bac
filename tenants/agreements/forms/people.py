"""Forms of the people who act for a party of an agreement."""

from typing import Any

from django import forms

from kooperacja.ui.fields import EmailField, Line, PhoneField
from kooperacja.ui.forms import Asked, AskingForm, SeenForm
from kooperacja.ui.polish import quoted
from tenants.agreements.models import Party
from tenants.agreements.rules import is_same_name
from tenants.people.forms import InstitutionField, NamesPerson
from tenants.people.models import Organisation


class InvitePartyForm(NamesPerson):
    """The person who will act for a party here."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    function = Line(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: dyrektor, komendant powiatowy, sekretarz.",
    )
    is_head = forms.BooleanField(
        label="Kieruje instytucją",
        required=False,
        help_text="Kierujący instytucjami, które podpisały, tworzą Powiatowy Zespół Kooperacji "
        "(§ 2 ust. 1 porozumienia).",
    )
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby. Przyjdzie na niego zaproszenie, ważne 72 godziny.",
    )
    phone = PhoneField()


_CHECK = "agreements/_past_day_check.html"


class LinkPartyForm(SeenForm, AskingForm):
    """The institution of the register that a typed party is."""

    organisation = InstitutionField(
        Organisation.objects.none(),
        label="Instytucja z rejestru",
        empty_label="wybierz",
        help_text="Jeśli jej tu nie ma, dodaj ją najpierw do rejestru instytucji.",
    )

    def __init__(self, *args: Any, row: Party, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.party = row
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.current().in_order()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        of = data.get("organisation")
        names = (self.party.name, self.party.name_now)
        if of and not any(is_same_name(one, of.name) for one in names):
            words = (
                f"W porozumieniu Strona nazywa się {quoted(self.party.name_now)}, a w rejestrze "
                f"{quoted(of.name)}. Czy to ta sama instytucja? Jej osoby dostaną miejsca w zespole, "
                "a tego powiązania nie można potem zmienić."
            )
            self.ask(
                words, Asked(str(of.pk), "To ta sama instytucja, powiąż", _CHECK, {"done": []})
            )
        return data


class ReleasePartyForm(forms.Form):
    """Asks for nothing: the page names who leaves."""
