"""Meetings and minutes that wait for a person (REG §2)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from kooperacja.ui.polish import pl_date
from tenants.meetings import perms
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.workflow import MeetingState, MinutesState
from tenants.people.models import Person, holds
from tenants.people.today import Waiting
from tenants.teams import perms as teams
from tenants.teams.kinds import KINDS

# The office's own custom until the regulation says otherwise.
MINUTES_DAYS = 14
_CLAUSE = "§ 2 ust. 9 regulaminu"


def minutes_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Minutes to begin, to go on with, to approve, to remark on."""
    if not perms.see_meetings(person):
        return
    mine = teams.readable(person)
    without = Meeting.objects.took_place().filter(team__in=mine, record=None, scan=None)
    for meeting in without.select_related("team").order_by("starts_at", "pk"):
        if perms.run(person, meeting):
            due = timezone.localdate(meeting.ends_at) + timedelta(days=MINUTES_DAYS)
            yield Waiting(
                f"Napisz protokół: {meeting}",
                meeting.url_of("minutes"),
                _CLAUSE,
                due=due,
                is_overdue=due < day,
                matter="Protokół ze spotkania",
                about=meeting.pk,
            )
    open_ones = Minutes.objects.filter(meeting__team__in=mine).exclude(state=MinutesState.APPROVED)
    there = Attendance.objects.filter(meeting=OuterRef("meeting"), presence=Presence.PRESENT)
    rows = open_ones.annotate(was_there=Exists(there.filter(seat__person=person)))
    for minutes in rows.select_related("meeting__team").order_by("created_at", "pk"):
        yield from _of(person, minutes, day)


def _of(person: Person, minutes: Any, day: date) -> Iterator[Waiting]:
    if minutes.state == MinutesState.DRAFT:
        if perms.write_minutes(person, minutes):
            yield Waiting(f"Dokończ: {minutes}", minutes.url, _CLAUSE, about=minutes.pk)
    elif minutes.is_open_to_remarks(day):
        if minutes.was_there:
            yield Waiting(
                f"Przeczytaj i zgłoś uwagi: {minutes}",
                minutes.url,
                _CLAUSE,
                due=minutes.remarks_until,
                matter="Uwagi do protokołu",
                about=minutes.pk,
            )
    elif perms.approve_minutes(person, minutes):
        yield Waiting(f"Zatwierdź: {minutes}", minutes.url, _CLAUSE, about=minutes.pk)


def answers_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Invitations to one's own seats that nobody answered."""
    rows = SeatInvitation.objects.filter(
        seat__person=person,
        answer="",
        withdrawn_at=None,
        meeting__state=MeetingState.CONVENED,
        meeting__ends_at__gt=timezone.now(),
    )
    for row in rows.select_related("meeting__team").order_by("meeting__starts_at", "pk"):
        yield Waiting(
            f"Odpowiedz, czy będziesz: {row.meeting}",
            reverse("meetings:invitation_answer", args=[row.pk]),
            "§ 2 ust. 6 regulaminu",
            row.meeting.when,
            due=row.meeting.day,
            matter="Odpowiedź na zaproszenie",
            about=row.meeting_id,
        )


def to_hold(person: Person, day: date) -> Iterator[Waiting]:
    """Meetings that are over and have no attendance, and held ones that were not closed."""
    if not perms.runs_any(person):
        return
    over = Q(state=MeetingState.CONVENED, ends_at__lte=timezone.now())
    rows = Meeting.objects.filter(over | Q(state=MeetingState.HELD)).select_related("team")
    for meeting in rows.order_by("starts_at", "pk"):
        if not perms.run(person, meeting):
            continue
        if meeting.state == MeetingState.CONVENED:
            title, page = "Zapisz obecność na spotkaniu", "attendance"
        else:
            title, page = "Zakończ spotkanie", "close"
        when = "z dnia " + pl_date(meeting.day)
        yield Waiting(
            f"{title} {when}",
            meeting.url_of(page),
            "§ 2 ust. 7 i 9 regulaminu",
            meeting.team.law.name,
            matter=title,
            about=meeting.pk,
        )


_DUTY = "§ 2 ust. 3 pkt 3 porozumienia"
_SHOWN = 50
_RUN_SOME = frozenset().union(*(kind.leads | kind.helps for kind in KINDS.values()))


def arrangements_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Open arrangements of one's own, and those without an owner of the teams that one runs.

    They say the number, the team and the day: the text stays behind their page.
    """
    if not perms.see_meetings(person):
        return
    for row in Arrangement.objects.whole(day).waiting_for(person)[:_SHOWN]:
        if not _is_for(person, row):
            continue
        verb, page = ("Wykonaj", "") if row.has_owner else ("Wskaż wykonawcę", "pass")
        yield Waiting(
            f"{verb}: {row} {row.team.law.genitive}",
            row.url_of(page),
            _DUTY,
            due=row.due_on,
            is_overdue=row.due_on < day,
            matter="Ustalenie do wykonania",
            about=row.pk,
        )


def _is_for(person: Person, row: Arrangement) -> bool:
    may = perms.pass_on if row.is_chairs else perms.see_arrangement
    return may(person, row)


def arrangement_days(person: Person, day: date) -> Iterator[Waiting]:
    """Days of the arrangements of others, for whoever runs the team."""
    if not holds(person, _RUN_SOME):
        return
    rows = Arrangement.objects.whole(day).open().filter(due_on__gte=day)
    for row in rows.order_by("due_on", "pk")[:_SHOWN]:
        if perms.pass_on(person, row):
            yield Waiting(
                f"Mija termin: {row} {row.team.law.genitive}",
                row.url,
                _DUTY,
                due=row.due_on,
                matter="Termin ustalenia",
                about=row.pk,
            )
