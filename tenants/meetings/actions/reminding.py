"""Whoever is silent in a circulation is reminded, twice at most (REG §2.2)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja.notifications.base import send, settle, settle_all
from kooperacja.ui.polish import localtime
from tenants.meetings import perms, times
from tenants.meetings.addressed import title_of
from tenants.meetings.models.decisions import Voice
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, MeetingMode
from tenants.meetings.notifications import VoiceMissing
from tenants.meetings.rules import reminders
from tenants.meetings.voices import Key
from tenants.meetings.workflow import MeetingState
from tenants.people.actions.invitations import recipients


def to_remind(day: date) -> list[tuple[UUID, Key]]:
    """Institutions with somebody who may voice in a circulation of which a reminder is due."""
    now = Meeting.objects.ahead(timezone.now()).filter(mode=MeetingMode.EMAIL)
    found: list[tuple[UUID, Key]] = []
    for meeting in now.select_related("team").order_by("ends_at", "pk"):
        if _number(meeting, day):
            seats = perms.voicing(meeting).order_by("pk")
            keys = dict.fromkeys(seats.values_list("organisation", flat=True))
            found += [(meeting.pk, key) for key in keys]
    return found


def _number(meeting: Meeting, day: date) -> int:
    """The place of the reminder that is due: 1, 2, or 0 for none yet."""
    first, last = localtime(meeting.starts_at).date(), times.day_before(meeting.ends_at)
    return sum(one <= day for one in reminders(first, last))


@transaction.atomic
def remind_silent(*, meeting_id: UUID, institution: Key, day: date) -> None:
    """Remind who may voice for an institution, if its voice is still missing."""
    rows = Meeting.objects.select_related("team").select_for_update(of=("self",))
    meeting = rows.get(pk=meeting_id)
    number = _number(meeting, day)
    if not (number and is_open(meeting) and missing(meeting, institution).exists()):
        return
    seats = perms.voicing(meeting).filter(organisation=institution).order_by("pk")
    people = [
        seat.person for seat in seats.select_related("person") if perms.voice(seat.person, meeting)
    ]
    send(
        VoiceMissing(meeting.pk, what=title_of(meeting.team), ends_at=meeting.ends_at),
        to=recipients(people),
        dedupe=f"{_begin(meeting)}{institution}:{number}",
    )


def missing(meeting: Meeting, institution: Key) -> "QuerySet[AgendaItem]":
    """Decisions of a circulation in which an institution has said nothing yet."""
    said = Voice.objects.filter(decision__item__meeting=meeting, organisation=institution)
    items = meeting.items.filter(kind=ItemKind.DECISION)
    return items.exclude(pk__in=said.values("decision__item"))


def is_open(meeting: Meeting) -> bool:
    """Voices are given in it now: it is by e-mail, was convened, has begun and is not over."""
    is_now = meeting.starts_at <= timezone.now() < meeting.ends_at
    return meeting.mode == MeetingMode.EMAIL and meeting.state == MeetingState.CONVENED and is_now


def settle_voiced(meeting: Meeting, institution: Key) -> None:
    """Nothing waits for an institution that voiced itself in all of it."""
    if not missing(meeting, institution).exists():
        for number in (1, 2):
            settle(dedupe=f"{_begin(meeting)}{institution}:{number}")


def settle_ended(meeting: Meeting) -> None:
    """Nothing waits for anybody once it is over or called off."""
    settle_all(begin=_begin(meeting))


def _begin(meeting: Meeting) -> str:
    return f"voice-missing:{meeting.pk}:"
