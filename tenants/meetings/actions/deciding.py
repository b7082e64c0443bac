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
from tenants.meetings.voices import Base, Choice, Key, Result, Way


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
    *,
    by: Actor,
    item_id: UUID,
    version: int,
    way: str,
    text: str,
    said: Mapping[Key, Said],
    position: str = "",
) -> AgendaItem:
    """Write down a decision with the voices; one that passed is the outcome of its item.

    Whoever has left before the vote is not in `said`: no hour tells when an item was voted on.
    """
    item = _locked(by, item_id)
    require_held(item.meeting)
    names = voters(item)
    decision = Decision.objects.filter(item=item).first() or Decision()
    decision.item = item
    _require_not_circulated(decision)
    if not decision._state.adding and _same(decision, way, text, said, position):
        raise AlreadySaved(item.meeting)
    if item.version != version or not said.keys() <= names.keys():
        raise StaleForm(item.meeting)
    decision.way, decision.text, decision.base = way, text, base_of(item.meeting)
    decision.result, decision.result_before = counted(decision, said).result, ""
    decision.position = position if decision.is_unagreed else ""
    decision.save()
    _write(by, decision, said, names)
    end_by(by, item, decision)
    data = {"item": item.position, "result": decision.result}
    record(by=by, verb="DECISION_RECORDED", obj=item.meeting, data=data)
    return item


def _write(by: Actor, decision: Decision, said: Mapping[Key, Said], names: dict[Key, str]) -> None:
    """Write the voices anew; those of institutions that were not there after all stay."""
    for voice in decision.voices.all():
        if not voice.is_struck or voice.organisation_id in said:
            voice.delete()
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


def _require_not_circulated(decision: Decision) -> None:
    if decision.way == Way.CIRCULATION:
        raise Problem(
            "Głosy w tym punkcie oddano w obiegu",
            "Każda instytucja oddała swój głos sama, więc nikt nie zapisuje ich za nią.",
            kept=NOTHING_SAVED,
            at=decision.item.meeting,
        )


def base_of(meeting: Meeting) -> Base:
    """The institutions by whose number its team decides on that day."""
    terms = meeting.team.terms_on(meeting.day)
    return Base(terms.voices_base) if terms else Base.PRESENT


def counted(decision: Decision, said: Mapping[Key, Said]) -> voices.Outcome:
    """The result of the voices of those who were there for the vote, by its base."""
    given = [voices.Voice(key, Choice(one.choice), one.reason) for key, one in said.items()]
    if decision.base == Base.ALL:
        given += _silent(decision.item, said)
    return voices.outcome(given, Way(decision.way), Base(decision.base), is_closed=True)


def _silent(item: AgendaItem, said: Mapping[Key, Said]) -> Iterator[voices.Voice]:
    """The other institutions of the team; one all of whose people there were excluded has no voice."""
    of_team = {row.organisation_id for row in item.meeting.attendance.all() if not row.is_guest}
    there = {row.organisation_id for row in _present(item.meeting)}
    takes_part = voters(item)
    for key in of_team - said.keys():
        is_present = key in there
        is_excluded = is_present and key not in takes_part
        yield voices.Voice(key, is_present=is_present, is_excluded=is_excluded)


def said_in(decision: Decision) -> dict[Key, Said]:
    """The voices that count."""
    rows = decision.voices.filter(is_struck=False)
    return {row.organisation_id: Said(row.choice, row.reason) for row in rows}


def _same(decision: Decision, way: str, text: str, said: Mapping[Key, Said], position: str) -> bool:
    words = (decision.way, decision.text, decision.common_position)
    asked = (way, text, position if decision.is_unagreed else "")
    return words == asked and said_in(decision) == said


@transaction.atomic
def record_position(*, by: Actor, item_id: UUID, version: int, position: str) -> AgendaItem:
    """Write down the common position where voices counted by themselves reached no agreement."""
    item = _locked(by, item_id)
    require_held(item.meeting)
    decision = require_unagreed(item)
    if decision.common_position == position:
        raise AlreadySaved(item.meeting)
    if item.version != version:
        raise StaleForm(item.meeting)
    decision.position = position
    decision.save(update_fields=["position"])
    item.version += 1
    item.save(update_fields=["version"])
    record(by=by, verb="POSITION_RECORDED", obj=item.meeting, data={"item": item.position})
    return item


def require_unagreed(item: AgendaItem) -> Decision:
    """The decision of an item on which no agreement was reached."""
    rows = Decision.objects.filter(item=item).select_related("item__meeting__team")
    decision = rows.first()
    if decision is None or not decision.is_unagreed:
        raise Problem(
            "Wspólne stanowisko zapisuje się tam, gdzie nie było uzgodnienia",
            "W tym punkcie nikt się nie sprzeciwił, decyzja zapadła większością głosów albo "
            "jeszcze jej nie ma.",
            kept=NOTHING_SAVED,
            at=item.meeting,
        )
    return decision


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
