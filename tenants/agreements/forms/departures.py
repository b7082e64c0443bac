"""Forms of a party that leaves, of its other name, of its successor, of the end (POR)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import pdf_field
from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import Asked, AskingForm, KeyedForm, SeenForm
from kooperacja.ui.polish import pl_date
from tenants.agreements.consequences import done_since
from tenants.agreements.forms.parties import AgreementPartyForm
from tenants.agreements.models import Departure, Ending, Party, Renaming
from tenants.agreements.models.departures import LONGEST_REASON

_READ_BY_ALL = "Przeczytają go ośrodek i wszystkie Strony. Nie wpisuj danych osób ani rodzin."
_CHECK = "agreements/_past_day_check.html"


class _DatedForm(GuardedForm, KeyedForm, AskingForm):
    """The base of those with a day; of an earlier one it says first what it means."""

    from_on = DayField(label="Od którego dnia", initial=timezone.localdate)

    def _ask_past(self, words: str, done: list[str]) -> None:
        day = self.cleaned_data["from_on"]
        about = {"day": day, "done": done}
        self.ask(words, Asked(day.isoformat(), "Zapisz z wcześniejszą datą", _CHECK, about))


class LeaveForm(_DatedForm):
    """A party leaves, by its letter."""

    MODEL = Departure

    reason = LongText(label="Powód", rows=3, max_length=LONGEST_REASON, help_text=_READ_BY_ALL)
    file = pdf_field("Pismo Strony (PDF)", "Otworzą je tylko ośrodek i ta Strona. Do 20 MB.")
    field_order = ("key", "from_on", "reason", "file")

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["from_on"].help_text = (
            "Dzień, od którego instytucja nie jest już Stroną: dzisiaj, późniejszy albo, gdy pismo "
            "przyszło z opóźnieniem, wcześniejszy."
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("from_on")
        if day and day < timezone.localdate():
            words = (
                f"Dzień już minął. Instytucja nie będzie Stroną wstecz, od {pl_date(day)} Miejsca w "
                "zespole dostaną tę samą datę, a dostęp skończy się teraz. To, co jej osoby zrobiły "
                "od tego dnia, zostaje w historii; sprawdź, czy nie trzeba tego powtórzyć."
            )
            self._ask_past(words, done_since(self.party, day))
        return data


class EndAgreementForm(_DatedForm):
    """The parties' joint statement that their agreement ends."""

    MODEL = Ending

    reason = LongText(label="Powód", rows=3, max_length=LONGEST_REASON, help_text=_READ_BY_ALL)
    file = pdf_field("Wspólne oświadczenie Stron (PDF)", "Otworzą je ośrodek i Strony. Do 20 MB.")
    field_order = ("key", "from_on", "reason", "file")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("from_on")
        if day and day < timezone.localdate():
            words = (
                f"Dzień już minął. Porozumienie przestanie obowiązywać wstecz, od {pl_date(day)} "
                "Zespół i miejsca w nim dostaną tę samą datę, a dostęp skończy się teraz."
            )
            self._ask_past(words, [])
        return data


class _DocumentForm(forms.Form):
    """The document on which an entry rests."""

    basis = Line(
        label="Dokument",
        max_length=300,
        help_text="Na przykład: uchwała nr 12/2026 Rady Powiatu z 3 marca 2026 r. Przeczytają to "
        "wszystkie Strony.",
    )


class RenamePartyForm(GuardedForm, KeyedForm, _DocumentForm):
    """Another name of a party."""

    MODEL = Renaming
    UNGUARDED = frozenset({"name"})

    name = Line(label="Nowa nazwa", max_length=300, help_text="W mianowniku, pełna.")
    from_on = DayField(label="Od którego dnia", initial=timezone.localdate)
    file = pdf_field("Plik dokumentu (PDF)", "Otworzą go ośrodek i Strony. Do 20 MB.")
    field_order = ("key", "name", "from_on", "basis", "file")


class SuccessorForm(GuardedForm, KeyedForm, _DocumentForm, AgreementPartyForm):
    """The institution that steps into the part of a party."""

    MODEL = Departure
    # They stand in an agreement as its parties do.
    UNGUARDED = frozenset({"name", "seat", "signing_body", "represented_by", "function"})
    APART = ("key", "from_on", "basis", "file")

    from_on = DayField(
        label="Od którego dnia",
        initial=timezone.localdate,
        help_text="Dzień, w którym następca przejął zadania; nie późniejszy niż dzisiaj.",
    )
    file = pdf_field("Plik dokumentu (PDF)", "Otworzą go ośrodek i ta Strona. Do 20 MB.")
    field_order = (
        *("key", "organisation", "is_office", "name", "seat", "hides_seat", "signing_body"),
        *("represented_by", "function", "from_on", "basis", "file"),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, last=0, **kwargs)
        # A place that is protected stays so unless somebody says otherwise.
        self.initial["hides_seat"] = party.hides_seat
        del self.fields["number"]
        of: Any = self.fields["organisation"]
        of.label, of.queryset = "Następca z rejestru", of.queryset.exclude(pk=party.organisation_id)
        self.fields["represented_by"].help_text = "Imię i nazwisko osoby, która kieruje następcą."
        if party.is_office:
            del self.fields["is_office"]
        else:
            self.fields["is_office"].label = "Następcą jest nasz ośrodek"
            self.fields["is_office"].help_text = "Zaznacz zamiast wybierać instytucję."
        self.ask_reason_last()

    def values(self) -> dict[str, Any]:
        said = {"is_office": False, **self.cleaned_data}
        return {**{name: said.pop(name) for name in self.APART}, "values": said}


class StaysForm(SeenForm):
    """Carries the version of what is taken back."""
