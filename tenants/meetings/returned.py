"""How a matter ended that was passed to another team, for whoever reads the first one (REG §8)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from kooperacja.ui.polish import pl_date, stopped
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Outcome
from tenants.meetings.workflow import MeetingState
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Team


def due_for(team: Team) -> "QuerySet[AgendaItem]":
    """Items of a team whose matter ended in another, which none of its agendas tells yet."""
    told = AgendaItem.objects.filter(carries=OuterRef("pk"), meeting__team=team)
    rows = AgendaItem.objects.filter(meeting__team=team).exclude(result=None)
    rows = rows.exclude(Exists(told.exclude(meeting__state=MeetingState.CANCELLED)))
    return rows.select_related("meeting__team", "result__meeting__team").order_by("pk")


def line_of(origin: AgendaItem) -> dict[str, str]:
    """The item by which the next agenda tells it: no word of what the other team did."""
    assert origin.result is not None  # where there is none, nothing is told
    return {
        "title": f"Wynik sprawy przekazanej innemu zespołowi: {origin.title}",
        "text": stopped(_ended(origin.result)),
        "kind": ItemKind.INFORMATION,
    }


def say_results(items: Iterable[AgendaItem], person: Person) -> None:
    """Put at items what the person may know of how their matter ended elsewhere."""
    for item in items:
        result = _result_of(item)
        item.result_said = _said(result, person) if result else ""


def _result_of(item: AgendaItem) -> AgendaItem | None:
    """The result of its own matter, or of the one of which it tells."""
    origin = item.carries
    if item.result is None and origin and origin.outcome == Outcome.PASSED_ON:
        return origin.result if origin.meeting.team_id == item.meeting.team_id else None
    return item.result


def _said(result: AgendaItem, person: Person) -> str:
    """With its text for whoever reads the other team; for all else only that it ended."""
    if not teams.read(person, result.team):
        return _ended(result)
    label = f"{result.team}, {pl_date(result.meeting.day)}: {result.get_outcome_display()}"
    return f"{label}. {result.outcome_text}" if result.outcome_text else label


def _ended(result: AgendaItem) -> str:
    return f"{result.team}: sprawa zakończona {pl_date(result.meeting.day)}"
