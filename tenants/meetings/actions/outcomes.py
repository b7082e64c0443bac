"""Items of a meeting end with one outcome each, and then the meeting is closed (REG §2.9)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.work_first import work_first
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, save_edited
from tenants.meetings import subjects
from tenants.meetings.actions.carrying import carry_to_next
from tenants.meetings.actions.planning import locked
from tenants.meetings.actions.returning import return_results
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, Outcome
from tenants.meetings.workflow import MeetingState
from tenants.teams.kinds import KINDS
from tenants.teams.models import Team


@dataclass(frozen=True, slots=True)
class Ended:
    """How an item ended, and the version of it that its writer saw."""

    version: int
    outcome: str = ""
    text: str = ""
    passed_to: UUID | None = None


def teams_for(meeting: Meeting) -> list[Team]:
    """Other teams of the tenant to which a matter may be passed.

    None where one of both is closed: what lies under its key stays there.
    """
    if meeting.team.law.is_closed:
        return []
    kinds = [code for code, kind in KINDS.items() if not kind.is_closed]
    others = Team.objects.on(meeting.day).filter(kind__in=kinds).exclude(pk=meeting.team_id)
    return list(others.order_by("kind", "from_on", "pk"))


def require_held(meeting: Meeting) -> None:
    """It is held and not closed: only then items end."""
    if meeting.state != MeetingState.HELD:
        raise Problem(
            "Wyników punktów nie można teraz zapisać",
            f"Stan spotkania: {meeting.get_state_display()}. Wyniki zapisuje się po zapisaniu "
            "obecności i przed zakończeniem spotkania.",
            kept=NOTHING_SAVED,
            at=meeting,
        )


@transaction.atomic
def record_outcomes(*, by: Actor, meeting_id: UUID, items: Mapping[UUID, Ended]) -> Meeting:
    """Write how items ended; the app of a subject hears it at once."""
    meeting = locked(by, meeting_id)
    require_held(meeting)
    rows = {item.pk: item for item in meeting.items.all()}
    if not items.keys() <= rows.keys():
        raise StaleForm(meeting)
    changed = [rows[pk] for pk, ended in items.items() if _end(rows[pk], ended, meeting)]
    if not changed:
        raise AlreadySaved(meeting)
    for item in changed:
        subjects.tell(item, by)
    positions = sorted(item.position for item in changed)
    record(by=by, verb="OUTCOMES_RECORDED", obj=meeting, data={"items": positions})
    return meeting


def _end(item: AgendaItem, ended: Ended, meeting: Meeting) -> bool:
    """Write how an item ended; tell if that is new."""
    is_passed_on = ended.outcome == Outcome.PASSED_ON
    values: dict[str, Any] = {
        "outcome": ended.outcome,
        "outcome_text": ended.text if ended.outcome else "",
        "passed_to_id": ended.passed_to if is_passed_on else None,
    }
    try:
        with suppress(AlreadySaved):
            save_edited(item, ended.version, values)
            return True
    except StaleForm:
        raise StaleForm(meeting) from None
    return False


@work_first
def close(*, by: Actor, meeting_id: UUID, version: int) -> Meeting:
    """Close a meeting all of whose items have ended; what was put off goes on to the next one."""
    meeting = locked(by, meeting_id)
    require_closing(meeting, by)
    if meeting.version != version:
        raise StaleForm(meeting)
    _note_information(by, meeting)
    move(meeting, MeetingState.CLOSED, by=by, on=by.today)
    passed = meeting.items.filter(outcome=Outcome.PASSED_ON)
    others = Team.objects.filter(pk__in=passed.values("passed_to"))
    for item in meeting.items.exclude(subject_kind=""):
        subjects.settle(item, by)
    came_from = return_results(by, meeting)
    for team in dict.fromkeys([meeting.team, *others.order_by("pk"), *came_from]):
        carry_to_next(by, team)
    return meeting


def require_closing(meeting: Meeting, by: Actor) -> None:
    """It is held, and each of its items has an outcome; information is taken note of by itself."""
    require_may(meeting, MeetingState.CLOSED, by)
    if left := [item for item in meeting.items.all() if not item.has_ended]:
        named = ", ".join(f"{item.position}. {quoted(item.title)}" for item in left)
        raise Problem(
            "Nie każdy punkt ma wynik",
            f"Zapisz, jak skończyły się punkty: {named}.",
            clause="§ 2 ust. 9 regulaminu",
            kept=NOTHING_SAVED,
            at=meeting,
            page="outcomes",
            action="Zapisz wyniki",
        )


def _note_information(by: Actor, meeting: Meeting) -> None:
    for item in meeting.items.filter(outcome="", kind=ItemKind.INFORMATION):
        item.outcome = Outcome.NOTED
        item.version += 1
        item.save(update_fields=["outcome", "version"])
        subjects.tell(item, by)
