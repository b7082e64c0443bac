"""A team decides on an item by the voices of institutions (REG §2.5, §2.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm, Taken, insert_once
from tenants.meetings import subjects, voices
from tenants.meetings.actions.outcomes import require_held
from tenants.meetings.actions.planning import locked
from tenants.meetings.models.attendance import Attendance, in_order
from tenants.meetings.models.decisions import Decision, Exclusion, Voice
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.voices import Choice, Key, Result, Way


@dataclass(frozen=True, slots=True)
class Said:
    """The voice of an institution, as it is written down."""

    choice: str
    reason: str = ""


def voters(item: AgendaItem) -> dict[Key, str]:
    """Institutions with a voice in an item, by name: those of which somebody present takes part.

    One voice each, however many people it sent; a guest has none.
    """
    out = set(item.exclusions.values_list("attendance", flat=True))
    rows = [row for row in _present(item.meeting) if row.pk not in out]
    return {row.organisation_id: row.institution for row in in_order(rows)}


def may_be_excluded(item: AgendaItem) -> list[Attendance]:
    """Those present who still take part in an item."""
    out = set(item.exclusions.values_list("attendance", flat=True))
    return in_order(row for row in _present(item.meeting) if row.pk not in out)


def _present(meeting: Meeting) -> Iterator[Attendance]:
    return (row for row in meeting.attendance.all() if row.is_present and not row.is_guest)


@transaction.atomic
def exclude(*, by: Actor, item_id: UUID, key: UUID, attendance_id: UUID, reason: str) -> AgendaItem:
    """Leave somebody out of an item, with the reason; this comes before the decision."""
    item = _locked(by, item_id)
    require_undecided(item)
    row = item.meeting.attendance.filter(is_guest=False).get(pk=attendance_id)
    try:
        insert_once(Exclusion(id=key, item=item, attendance=row, reason=reason))
    except Taken:
        raise AlreadySaved(item.meeting) from None
    record(by=by, verb="ITEM_EXCLUSION_ADDED", obj=item.meeting, data={"item": item.position})
    return item


@transaction.atomic
def include(*, by: Actor, item_id: UUID, exclusion_id: UUID) -> AgendaItem:
    """Let somebody who was left out by mistake take part again."""
    item = _locked(by, item_id)
    require_undecided(item)
    item.exclusions.filter(pk=exclusion_id).delete()
    record(by=by, verb="ITEM_EXCLUSION_REMOVED", obj=item.meeting, data={"item": item.position})
    return item


def require_undecided(item: AgendaItem) -> None:
    require_held(item.meeting)
    if Decision.objects.filter(item=item).exists():
        raise Problem(
            "Decyzja w tym punkcie jest już zapisana",
            "Wyłączenie zapisuje się przed decyzją, bo zmienia, kto ma głos.",
            kept=NOTHING_SAVED,
            at=item.meeting,
        )


@transaction.atomic
def decide(
    *, by: Actor, item_id: UUID, version: int, way: str, text: str, said: Mapping[Key, Said]
) -> AgendaItem:
    """Write down a decision with the voices; one that passed is the outcome of its item.

    Whoever has left before the vote is not in `said`: no hour tells when an item was voted on.
    """
    item = _locked(by, item_id)
    require_held(item.meeting)
    names = voters(item)
    decision = Decision.objects.filter(item=item).first() or Decision(item=item)
    _require_not_circulated(decision)
    if not decision._state.adding and _same(decision, way, text, said):
        raise AlreadySaved(item.meeting)
    if item.version != version or not said.keys() <= names.keys():
        raise StaleForm(item.meeting)
    decision.way, decision.text, decision.result = way, text, counted(way, said).result
    decision.save()
    decision.voices.all().delete()
    Voice.objects.bulk_create(
        Voice(
            decision=decision,
            organisation_id=key,
            institution=names[key],
            choice=one.choice,
            reason=one.reason,
            written_by=by.name,
        )
        for key, one in said.items()
    )
    end_by(by, item, decision)
    data = {"item": item.position, "result": decision.result}
    record(by=by, verb="DECISION_RECORDED", obj=item.meeting, data=data)
    return item


def _require_not_circulated(decision: Decision) -> None:
    if decision.way == Way.CIRCULATION:
        raise Problem(
            "Głosy w tym punkcie oddano w obiegu",
            "Każda instytucja oddała swój głos sama, więc nikt nie zapisuje ich za nią.",
            kept=NOTHING_SAVED,
            at=decision.item.meeting,
        )


def counted(way: str, said: Mapping[Key, Said]) -> voices.Outcome:
    """The result of the voices of those who were there for the vote."""
    given = [voices.Voice(key, Choice(one.choice), one.reason) for key, one in said.items()]
    return voices.outcome(given, Way(way), is_closed=True)


def _same(decision: Decision, way: str, text: str, said: Mapping[Key, Said]) -> bool:
    saved = {row.organisation_id: Said(row.choice, row.reason) for row in decision.voices.all()}
    return (decision.way, decision.text) == (way, text) and saved == said


def end_by(by: Actor, item: AgendaItem, decision: Decision) -> None:
    """End the item by what passed; one that ended so before is open again when it did not."""
    was = item.outcome
    if decision.result == Result.PASSED:
        item.outcome, item.outcome_text, item.passed_to = Outcome.DECIDED, decision.text, None
    elif was == Outcome.DECIDED:
        item.outcome = item.outcome_text = ""
    item.version += 1
    item.save(update_fields=["outcome", "outcome_text", "passed_to", "version"])
    if item.outcome or was:
        subjects.tell(item, by)


def _locked(by: Actor, item_id: UUID) -> AgendaItem:
    of = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
    return locked(by, of).items.select_related("meeting__team").get(pk=item_id)
