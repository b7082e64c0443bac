"""Forms of arrangements (POR §2.3.3)."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, LongText
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, any_of, give
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import AgendaItem
from tenants.meetings.workflow import ArrangementState
from tenants.people.models import Organisation
from tenants.teams.models import Seat, Team
from tenants.teams.sides import LEAD


def owners_of(team: Team) -> list[tuple[str, str]]:
    """Seats as owners: each institution, and each person whom it sent."""
    labels: dict[str, str] = {}
    for seat in Seat.objects.on(timezone.localdate()).filter(team=team).in_order():
        of = str(seat.organisation) if seat.organisation_id else "Lider"
        labels.setdefault(f"{of}: {seat.person}" if seat.person_id else of, str(seat.pk))
    return [(pk, label) for label, pk in labels.items()]


class _OwnerField(forms.TypedChoiceField):
    """A seat of the team."""

    def __init__(self) -> None:
        super().__init__(
            label="Kto wykona",
            coerce=UUID,
            help_text="Instytucja albo osoba. Za instytucję odpowiada jej koordynator.",
        )


class NewArrangementForm(KeyedForm):
    """A task, its owner and its day."""

    MODEL = Arrangement
    text = LongText(
        label="Co trzeba zrobić",
        rows=4,
        max_length=2000,
        help_text="Nie wpisuj danych rodzin ani osób, którym pomagacie.",
    )
    seat = _OwnerField()
    due_on = DayField(label="Termin")
    item = forms.TypedChoiceField(
        label="Punkt porządku obrad", required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, team: Team, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "seat", [("", "Wybierz"), *owners_of(team)])
        numbered = [(str(item.pk), f"{item.position}. {item.title}") for item in items]
        give(self, "item", [("", "Żaden"), *numbered])

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "seat", "item")}
        return {**apart, "values": values}


class DoneForm(SeenForm):
    """The day on which it was done."""

    done_on = DayField(label="Wykonano dnia", initial=timezone.localdate)


class NotDoneForm(SeenForm):
    """The reason for which it was not done."""

    reason = LongText(label="Dlaczego", rows=4, help_text="Nie wpisuj danych rodzin.")


class PassOnForm(SeenForm, KeyedForm):
    """Another owner and another day."""

    MODEL = Arrangement
    seat = _OwnerField()
    due_on = DayField(label="Termin")

    def __init__(self, *args: Any, row: Arrangement, **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": max(row.due_on, timezone.localdate())}
        super().__init__(*args, row=row, **kwargs)
        give(self, "seat", [("", "Wybierz"), *owners_of(row.team)])


class ArrangementsFilter(FilterForm):
    """The arrangements of a list to show."""

    stan = any_of("Stan", "wszystkie", ArrangementState.choices)
    instytucja = any_of("Instytucja", "wszystkie", ())
    termin = any_of("Termin", "każdy", [("minal", "minął, a nie zamknięto")])

    def __init__(self, *args: Any, institutions: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.pk), one.name) for one in institutions]
        give(self, "instytucja", [("", "wszystkie"), (LEAD, "Lider"), *known])
