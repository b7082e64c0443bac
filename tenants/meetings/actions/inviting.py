"""Everybody who has a seat is told of a meeting, and answers (REG §2.6)."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kooperacja import ical
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.incoming.address import reply_address
from kooperacja.incoming.mail import Incoming
from kooperacja.notifications.base import send, settle
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.actions import LETTERS_AT_ONCE, leave_to_worker
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved
from tenants.meetings import perms
from tenants.meetings.addressed import recipient_of, title_of, visitor
from tenants.meetings.invited import (
    ANSWERS,
    LETTERS,
    address_of,
    dedupe_of,
    event_of,
)
from tenants.meetings.models.invitations import Answer, SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.notifications import (
    AboutMeeting,
    MeetingCancelled,
    MeetingConvened,
    MeetingMoved,
)
from tenants.meetings.rules import OF_ANOTHER, same
from tenants.meetings.workflow import MeetingState
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat

_KINDS = {kind.code: kind for kind in (MeetingConvened, MeetingMoved, MeetingCancelled)}
_STATS = {ical.PartStat.ACCEPTED: Answer.YES, ical.PartStat.DECLINED: Answer.NO}


def invite(meeting: Meeting) -> set[UUID]:
    """Invite every seat that is taken on the day of the meeting and is not invited yet."""
    invited = SeatInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    seats = Seat.objects.taken(meeting.day).filter(team=meeting.team_id)
    lacking = seats.exclude(pk__in=invited.values("seat")).values_list("pk", flat=True)
    rows = [SeatInvitation(meeting=meeting, seat_id=pk) for pk in lacking.order_by("pk")]
    SeatInvitation.objects.bulk_create(rows, ignore_conflicts=True)
    new = invited.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    to = list(new.values_list("pk", flat=True))
    _tell(MeetingConvened, meeting, to, ical.Method.REQUEST)
    return set(to)


def tell_change(meeting: Meeting) -> None:
    """Tell everybody invited of another time or place, and ask them again.

    On another day other seats may be taken.
    """
    _withdraw(meeting)
    new = invite(meeting)
    rows = [row for row in _invited(meeting) if row.pk not in new]
    for row in rows:
        if row.answer:
            _answered(row, answer="", deputy="", note="")
    _tell(MeetingMoved, meeting, [row.pk for row in rows], ical.Method.REQUEST)


def tell_cancelled(meeting: Meeting) -> None:
    """Tell everybody invited that it does not take place; nothing waits for them any more."""
    rows = _invited(meeting)
    for row in rows:
        _settle(row)
    _tell(MeetingCancelled, meeting, [row.pk for row in rows], ical.Method.CANCEL)


def keep_invited() -> None:
    """Invite who took a seat since a meeting was convened, and tell who gave it up.

    Called in the transaction that changes the seats (`Follower`).
    """
    ahead = Meeting.objects.ahead(timezone.now()).select_related("team")
    for meeting in ahead.order_by("starts_at", "pk"):
        _withdraw(meeting)
        invite(meeting)


def _withdraw(meeting: Meeting) -> None:
    """Take back the invitations of seats that are not taken on its day any more."""
    seats = Seat.objects.taken(meeting.day).filter(team=meeting.team_id)
    taken = set(seats.values_list("pk", flat=True))
    gone = [row for row in _invited(meeting) if row.seat_id not in taken]
    for row in gone:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        _settle(row)
    _tell(MeetingCancelled, meeting, [row.pk for row in gone], ical.Method.CANCEL)


def _invited(meeting: Meeting) -> list[SeatInvitation]:
    return _of(meeting, withdrawn_at=None)


def _of(meeting: Meeting, **those: Any) -> list[SeatInvitation]:
    rows = SeatInvitation.objects.filter(meeting=meeting, **those)
    found = list(rows.select_related("seat__person", "seat__organisation").order_by("pk"))
    for row in found:
        row.meeting = meeting
    return found


def _settle(row: SeatInvitation) -> None:
    """Whatever asked for an answer of this seat waits no longer."""
    for sequence in range(row.meeting.sequence + 1):
        settle(dedupe=dedupe_of(row, sequence, ical.Method.REQUEST))


def _tell(
    kind: type[AboutMeeting], meeting: Meeting, to: Sequence[UUID], method: ical.Method
) -> None:
    """Each invitation gets its own mail, with its own link and calendar; the same is sent once."""
    if len(to) <= LETTERS_AT_ONCE:
        _write(kind, _of(meeting, pk__in=to), method)
        return
    leave_to_worker(
        Outgoing,
        kind=LETTERS,
        payload={"code": kind.code, "method": method},
        name="to",
        ids=to,
        dedupe=f"meeting:{meeting.pk}:{meeting.sequence}:{method}:{LETTERS}",
    )


def write_letters(*, code: str, method: str, to: list[str]) -> None:
    """Write the letters that were too many for the request, of the meeting as it is by now.

    A worker calls it, maybe twice. Nobody is asked any more to a meeting that was called off.
    """
    meeting = _locked(UUID(to[0])).meeting
    rows = _of(meeting, pk__in=to)
    if method == ical.Method.REQUEST:
        rows = [row for row in rows if is_answerable(row)]
    _write(_KINDS[code], rows, ical.Method(method))
    for row in rows:
        if row.answer:
            _settle(row)


def _write(kind: type[AboutMeeting], rows: Iterable[SeatInvitation], method: ical.Method) -> None:
    now = timezone.now()
    for row in rows:
        to = recipient_of(row.seat)
        if to is None:
            continue
        send(
            kind(row.pk, what=title_of(row.meeting.team), when=row.meeting.when),
            to=[to],
            dedupe=dedupe_of(row, row.meeting.sequence, method),
            event=event_of(row, method, now),
            reply_to=reply_address(ANSWERS, row.pk),
        )


@transaction.atomic
def answer(
    *, by: Actor, invitation_id: UUID, answer: str, deputy: str, note: str
) -> SeatInvitation:
    """Answer an invitation from the page; whoever sits there, or speaks for the institution."""
    row = _locked(invitation_id)
    perms.answer.require(Person.objects.acting(by), row)
    return _take(by, row, answer=answer, deputy=deputy, note=note)


@transaction.atomic
def answer_by_link(
    *, by: Actor, invitation_id: UUID, answer: str, deputy: str, note: str
) -> SeatInvitation:
    """The same by the link of the mail, without signing in."""
    return _take(by, _locked(invitation_id), answer=answer, deputy=deputy, note=note)


def handle_reply(incoming: Incoming, tenant: TenantRef) -> None:
    """Take the answer that a calendar sent; one from another address is put aside."""
    row = SeatInvitation.objects.filter(pk=incoming.row_id).first()
    if row is None:
        return
    row = _locked(row.pk)
    reply, by = incoming.calendar, visitor(row.seat, row.meeting.team, "e-mail")
    if not is_answerable(row):
        return
    known = address_of(row).lower()
    is_own = bool(known) and incoming.sender == known
    if reply is None or not is_own or reply.sequence < row.meeting.sequence:
        _put_aside(by, row, incoming)
        return
    note = reply.comment
    if reply.partstat not in _STATS:
        note = f"Może będzie. {note}".strip()
    _take(by, row, answer=_STATS.get(reply.partstat, ""), deputy="", note=note, is_repeat_fine=True)


def _put_aside(by: Actor, row: SeatInvitation, incoming: Incoming) -> None:
    """Show it to whoever runs the meeting; nothing is answered by it."""
    said = incoming.calendar.partstat if incoming.calendar else incoming.text
    row.aside = f"{incoming.sender}: {said}"[:1000]
    row.save(update_fields=["aside"])
    record(by=by, verb="MEETING_ANSWER_PUT_ASIDE", obj=row.meeting)


def _locked(invitation_id: UUID) -> SeatInvitation:
    rows = SeatInvitation.objects.select_related(
        "meeting__team", "seat__person", "seat__organisation"
    )
    return lock_in_team(rows, invitation_id, "meeting__team")


def is_answerable(row: SeatInvitation) -> bool:
    meeting = row.meeting
    is_ahead = meeting.state == MeetingState.CONVENED and meeting.ends_at > timezone.now()
    return is_ahead and row.withdrawn_at is None


def require_answerable(row: SeatInvitation) -> None:
    """The meeting is still to come and the seat is still invited."""
    if not is_answerable(row):
        raise Problem(
            "Na to zaproszenie nie można już odpowiedzieć",
            "Zaproszenie wycofano, bo miejsce w zespole wygasło."
            if row.withdrawn_at
            else f"Stan spotkania: {row.meeting.get_state_display()}, termin: {row.meeting.when}.",
            kept=NOTHING_SAVED,
        )


def _take(
    by: Actor,
    row: SeatInvitation,
    *,
    answer: str,
    deputy: str,
    note: str,
    is_repeat_fine: bool = False,
) -> SeatInvitation:
    require_answerable(row)
    if answer == Answer.DEPUTY and not deputy:
        raise ValidationError({"deputy": "Podaj imię i nazwisko zastępcy."})
    if answer == Answer.DEPUTY and row.seat.organisation is None:
        raise ValidationError({"answer": "Lider nie wyznacza zastępcy z innej instytucji."})
    if answer == Answer.DEPUTY and _sits_elsewhere(row, deputy):
        raise ValidationError({"deputy": OF_ANOTHER})
    deputy = deputy if answer == Answer.DEPUTY else ""
    if (row.answer, row.deputy, row.note) == (answer, deputy, note):
        if is_repeat_fine:
            return row
        raise AlreadySaved(row)
    _answered(row, answer=answer, deputy=deputy, note=note)
    _settle(row)
    record(by=by, verb="MEETING_ANSWERED", obj=row.meeting, data={"answer": [None, answer]})
    return row


def _sits_elsewhere(row: SeatInvitation, name: str) -> bool:
    """Somebody of this name has a seat on that day, and none for the institution asked."""
    seats = Seat.objects.taken(row.meeting.day).filter(team=row.meeting.team_id)
    sitting = seats.exclude(person=None).select_related("person")
    homes = {seat.organisation_id for seat in sitting if same(seat.who) == same(name)}
    return bool(homes) and row.seat.organisation_id not in homes


def _answered(row: SeatInvitation, *, answer: str, deputy: str, note: str) -> None:
    row.answer, row.deputy, row.note = answer, deputy, note
    row.answered_at = timezone.now() if answer or note else None
    row.aside = ""
    row.version += 1
    row.save(update_fields=["answer", "deputy", "note", "answered_at", "aside", "version"])
