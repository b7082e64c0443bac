"""The form of a service on a card, and the steps that it takes into the basket (REG §3.2–3.3)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm, RowForm, SeenForm, VersionedForm, give
from kooperacja.ui.polish import quoted
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.services.confirming import OF_OTHERS, How
from tenants.services.confirming_forms import simply_knows
from tenants.services.elsewhere import ElsewhereForm
from tenants.services.forms import DescriptionForm


class _ServiceForm(DescriptionForm):
    """A service of a card as its institution describes it."""

    class Meta(DescriptionForm.Meta):
        model = ServiceEntry


# Asked only of institutions, not of a resource of the community.
_RARE = (
    *(
        "age_from",
        "age_until",
        "seat",
        "legal_basis",
        "referral",
        "needs_decision",
        "conditions",
        "papers",
        "easy_to_read",
        "in_ukrainian",
    ),
    *("hours_other", "places", "waiting_days", "counted_on", "valid_from", "valid_until"),
)


class NewServiceForm(KeyedForm, _ServiceForm):
    """A service that is put on a card; on a lighter one only what whoever asks must know."""

    MODEL = Service

    def __init__(self, *args: Any, is_light: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _RARE if is_light else ():
            del self.fields[name]


class ServiceElsewhereForm(ElsewhereForm, NewServiceForm):
    """A service that is put on its card for another place too."""


class EditServiceForm(VersionedForm, _ServiceForm):
    """A service of which something is said otherwise."""

    def saved_now(self, current: ServiceEntry) -> dict[str, Any]:
        """The saved values by the names of the form's fields."""
        return self.shown(current)

    def seen_now(self, current: ServiceEntry) -> dict[str, str]:
        """The version of the service, which counts all that is said of it."""
        return {"version": str(current.service.version)}


class FileForm(SeenForm):
    """Hands a service to the Lider; how its truth was made sure of must be said of a new one."""

    how = forms.ChoiceField(label="Czy cały opis jest prawdziwy", widget=forms.RadioSelect)

    def __init__(self, *args: Any, is_own: bool, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own and is_new:
            self.fields["how"] = simply_knows()
            return
        ways = [(How.OWNER.value, "tak, sprawdziliśmy cały opis")]
        if not is_own:
            ways = [(way, f"tak, {label}") for way, label in OF_OTHERS]
        if not is_new:
            ways.append(("", "nie sprawdzono całości, tylko to, co się zmieniło"))
            self.fields["how"].required = False
        give(self, "how", ways)


class ReturnForm(SeenForm):
    """Tells its institution what to mend."""

    reason = LongText(label="Co poprawić", max_length=1000, rows=4)


class CardForm(VersionedForm, RowForm):
    """The competences of its owner's people, and the things that it lends (REG §1.9)."""

    class Meta:
        model = Card
        fields = ("competences", "resources")
        widgets = {name: forms.Textarea({"rows": 5}) for name in ("competences", "resources")}
        help_texts = {
            "competences": "Każda funkcja w osobnym wierszu, potem dwukropek i co ta osoba umie, na "
            "przykład: psycholog (2 osoby): terapia rodzin. Bez nazwisk.",
            "resources": "Na przykład: sala, samochód, sprzęt, wolontariusze; na jakich warunkach. "
            "Czytają to pracownicy Lidera i kooperantów.",
        }

    def clean_competences(self) -> str:
        """Each is attached to a function, never to a person."""
        text: str = self.cleaned_data["competences"]
        for line in filter(None, map(str.strip, text.splitlines())):
            function, _, about = line.partition(":")
            if not function.strip() or not about.strip():
                raise forms.ValidationError(
                    f"W wierszu {quoted(line[:60])} nie ma funkcji i dwukropka. Napisz na przykład: "
                    "psycholog: terapia rodzin."
                )
        return text
