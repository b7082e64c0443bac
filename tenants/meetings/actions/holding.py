"""A meeting is held: its attendance is confirmed, and corrected until it is closed (REG §2.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings.actions import circulating, recounting
from tenants.meetings.actions.past import number_for
from tenants.meetings.actions.planning import locked
from tenants.meetings.actions.telling import settle_papers
from tenants.meetings.models.attendance import Attendance, Presence, in_order
from tenants.meetings.models.invitations import Answer, SeatInvitation
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.workflow import GuestState, MeetingState, MinutesState
from tenants.partnership.models import Partnership
from tenants.people.actions.invitations import publish_figures
from tenants.teams.models import Seat

_ANSWERED = {Answer.YES: Presence.PRESENT, Answer.NO: Presence.EXCUSED, Answer.DEPUTY: "PRESENT"}
_KEPT = ("presence", "deputy", "came_at", "left_at")


@dataclass(frozen=True, slots=True)
class Sat:
    """How a seat was kept."""

    presence: str
    deputy: str = ""
    came_at: time | None = None
    left_at: time | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest or consultant who was there (REG §2.8)."""

    name: str
    institution: str = ""


def sheet(meeting: Meeting) -> list[Attendance]:
    """The attendance of a meeting: as it was confirmed, and as it is proposed for other seats.

    Whoever has a seat on that day stands there: not one who left the day before, nor one who comes
    the day after.
    """
    rows = list(meeting.attendance.all())
    known = {row.seat_id for row in rows}
    seats = Seat.objects.taken(meeting.day).filter(team=meeting.team_id).exclude(pk__in=known)
    rows += _proposed(meeting, seats.select_related("person", "organisation"))
    if meeting.state == MeetingState.CONVENED:
        rows += _guests_to_come(meeting)
    return in_order(rows)


def _guests_to_come(meeting: Meeting) -> list[Attendance]:
    """Guests to whom the team consented, before anybody wrote down who was there."""
    invited = meeting.guests.filter(state=GuestState.CONSENTED)
    return [
        Attendance(
            meeting=meeting,
            name=guest.name,
            institution=guest.institution,
            presence=Presence.PRESENT,
            is_guest=True,
        )
        for guest in invited.select_related("meeting__team")
    ]


def _proposed(meeting: Meeting, seats: Iterable[Seat]) -> list[Attendance]:
    answers = {row.seat_id: row for row in meeting.invitations.exclude(answer="")}
    lead = Partnership.objects.get().lead_said
    voiced = circulating.voiced(meeting) if meeting.mode == MeetingMode.EMAIL else set()
    rows = []
    for seat in seats:
        answer = answers.get(seat.pk)
        row = Attendance(
            meeting=meeting,
            seat=seat,
            organisation_id=seat.organisation_id,
            name=str(seat.person or ""),
            function=seat.function,
            institution=str(seat.organisation or lead),
            presence=_presence(answer, has_voiced=seat.organisation_id in voiced),
            deputy=answer.deputy if answer else "",
        )
        rows.append(row)
    return rows


def _presence(answer: SeatInvitation | None, *, has_voiced: bool) -> str:
    """Proposed by a voice in a circulation, else by the answer to the invitation."""
    if has_voiced:
        return Presence.PRESENT
    return _ANSWERED[Answer(answer.answer)] if answer else Presence.ABSENT


_HELD_FROM = (MeetingState.CONVENED, MeetingState.HELD)


def has_begun(meeting: Meeting) -> bool:
    """Its attendance may be kept: it was convened and has begun, or is held and not closed."""
    return meeting.state in _HELD_FROM and _from(meeting) <= timezone.now()


def _from(meeting: Meeting) -> datetime:
    """The moment from which its attendance is kept: by e-mail everybody has time until its end."""
    return meeting.ends_at if meeting.mode == MeetingMode.EMAIL else meeting.starts_at


def require_begun(meeting: Meeting) -> None:
    """The same, or the reason for which it is not so."""
    if has_begun(meeting):
        return
    if meeting.state not in _HELD_FROM:
        title, why = "Obecności nie można teraz zapisać", f"{meeting.get_state_display()}."
        if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
            why += " Jego protokół jest zatwierdzony: błąd poprawia sprostowanie."
        raise Problem(title, f"Stan spotkania: {why}", kept=NOTHING_SAVED, at=meeting)
    is_email = meeting.mode == MeetingMode.EMAIL
    title = "Tura e-mailowa jeszcze trwa" if is_email else "Spotkanie jeszcze się nie zaczęło"
    words = f"Termin: {meeting.when}. Obecność zapisuje się potem."
    raise Problem(title, words, kept=NOTHING_SAVED, at=meeting)


@transaction.atomic
def confirm_attendance(
    *,
    by: Actor,
    meeting_id: UUID,
    version: int,
    seats: Mapping[UUID | None, Sat],
    guests: Iterable[Guest],
    strike: bool = False,
) -> Meeting:
    """Keep as text who was there; the first time the meeting is held by that and gets its number.

    Where voices were given for institutions that were not there, `strike` says that they are void.
    """
    meeting = locked(by, meeting_id)
    require_begun(meeting)
    rows = [row for row in sheet(meeting) if row.seat_id]
    guest_rows = [row for row in meeting.attendance.all() if row.is_guest]
    changed = [row for row in rows if _sit(row, seats.get(row.seat_id)) or row._state.adding]
    came, gone = _guests(meeting, guest_rows, guests)
    if not (changed or came or gone) and meeting.state == MeetingState.HELD:
        raise AlreadySaved(meeting)
    if meeting.version != version or {row.seat_id for row in rows} != set(seats):
        raise StaleForm(meeting)
    found = recounting.touched(meeting, [row for row in rows if row.is_present])
    if found and not strike:
        raise ValidationError(recounting.question(found))
    _save([*changed, *came], gone)
    recounting.strike(by, meeting, found)
    _held(by, meeting, {"seats": len(changed), "guests": len(came) + len(gone)})
    return meeting


def _sit(row: Attendance, sat: Sat | None) -> bool:
    """Write how a seat was kept; tell if that is new."""
    if sat is None:
        return False
    values = {name: getattr(sat, name) for name in _KEPT}
    is_new = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return is_new


def _guests(
    meeting: Meeting, rows: list[Attendance], guests: Iterable[Guest]
) -> tuple[list[Attendance], list[Attendance]]:
    """Guests who are to be added, and rows of those who were not there after all."""
    known = {Guest(row.name, row.institution): row for row in rows}
    wanted = dict.fromkeys(guests)
    came = [
        Attendance(
            meeting=meeting,
            name=guest.name,
            institution=guest.institution,
            presence=Presence.PRESENT,
            is_guest=True,
        )
        for guest in wanted
        if guest not in known
    ]
    return came, [row for guest, row in known.items() if guest not in wanted]


def _save(rows: list[Attendance], gone: list[Attendance]) -> None:
    new = [row for row in rows if row._state.adding]
    Attendance.objects.bulk_create(new)
    for row in rows:
        if row not in new:
            row.version += 1
            row.save(update_fields=[*_KEPT, "version"])
    Attendance.objects.filter(pk__in=[row.pk for row in gone]).delete()


def _held(by: Actor, meeting: Meeting, data: dict[str, Any]) -> None:
    if meeting.state == MeetingState.CONVENED:
        entry = move(meeting, MeetingState.HELD, by=by, on=by.today, **number_for(meeting))
        publish_figures(Meeting, Attendance, cause=entry.pk)
        circulating.end_round(by, meeting)
        settle_papers(meeting)
        return
    meeting.version += 1
    meeting.save(update_fields=["version"])
    entry = record(by=by, verb="ATTENDANCE_CORRECTED", obj=meeting, data=data)
    publish_figures(Attendance, cause=entry.pk)
