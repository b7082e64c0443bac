"""A decision by circulation: members voice themselves until an e-mail meeting ends (REG §2.2)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved
from tenants.meetings import perms
from tenants.meetings.actions.deciding import Said, base_of, counted, end_by, said_in
from tenants.meetings.actions.reminding import is_open, settle_ended, settle_voiced
from tenants.meetings.models.decisions import Decision, Voice
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting
from tenants.meetings.voices import Choice, Key, Result, Way, objection_error
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tenants.teams.models import Seat


def require_open(item: AgendaItem) -> None:
    meeting = item.meeting
    if not is_open(meeting) or item.kind != ItemKind.DECISION:
        raise Problem(
            "W tym punkcie nie można teraz głosować",
            f"Głosy oddaje się w turze e-mailowej, nad decyzjami, w jej czasie: {meeting.when}.",
            kept=NOTHING_SAVED,
            at=meeting,
        )


def own_seats(person: Person, meeting: Meeting) -> dict[Key, str]:
    """Institutions for which a person may voice in a meeting, by name."""
    rows = list(Seat.objects.filter(pk__in=perms.voicing(meeting).filter(person=person)).in_order())
    lead = Partnership.objects.get().lead_said if rows else ""
    return {row.organisation_id: str(row.organisation or lead) for row in rows}


@transaction.atomic
def give_voice(
    *, by: Actor, item_id: UUID, institution: Key, choice: str, reason: str
) -> AgendaItem:
    """Give the voice of one's institution, or another one while the circulation lasts."""
    item = AgendaItem.objects.select_related("meeting__team").get(pk=item_id)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    person = Person.objects.acting(by)
    perms.voice.require(person, meeting)
    require_open(item)
    assert person is not None  # a permission was just given to somebody
    names = own_seats(person, meeting)
    if institution not in names:
        raise ValidationError({"institution": "Wybierz instytucję, w której imieniu masz miejsce."})
    if why := objection_error(Way.CIRCULATION, Choice(choice), reason):
        raise ValidationError({"reason": why})
    _write(by, _circulated(item), institution, names[institution], Said(choice, reason))
    settle_voiced(meeting, institution)
    record(by=by, verb="VOICE_GIVEN", obj=meeting, data={"item": item.position})
    return item


def _circulated(item: AgendaItem) -> Decision:
    """The decision on an item that is circulated; the first voice opens it."""
    decision = Decision.objects.filter(item=item).first()
    if decision is None:
        text = item.text or item.title
        decision = Decision(item=item, way=Way.CIRCULATION, text=text, result=Result.OPEN)
        decision.save()
    return decision


def _write(by: Actor, decision: Decision, key: Key, name: str, said: Said) -> None:
    voice = decision.voices.filter(organisation=key).first() or Voice(
        decision=decision, organisation_id=key
    )
    if not voice._state.adding and Said(voice.choice, voice.reason) == said:
        raise AlreadySaved(decision.item.meeting)
    voice.institution, voice.written_by = name, by.name
    voice.choice, voice.reason = said.choice, said.reason
    voice.save()


def end_round(by: Actor, meeting: Meeting) -> None:
    """Count what was circulated, once the meeting is over; silence is no voice."""
    settle_ended(meeting)
    waiting = Decision.objects.filter(item__meeting=meeting, result=Result.OPEN)
    for decision in waiting.select_related("item__meeting__team").order_by("pk"):
        decision.base = base_of(meeting)
        decision.result = counted(decision, said_in(decision)).result
        decision.save(update_fields=["base", "result"])
        end_by(by, decision.item, decision)


def voiced(meeting: Meeting) -> set[Key]:
    """Institutions that gave a voice in a meeting."""
    rows = Voice.objects.filter(decision__item__meeting=meeting)
    return set(rows.values_list("organisation", flat=True))
