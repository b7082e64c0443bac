"""Meetings and minutes that wait for a person (REG §2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import localtime, pl_date
from tenants.meetings import perms, times
from tenants.meetings.addressed import genitive_of
from tenants.meetings.duty import Duty, duties
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.guests import GuestInvitation, GuestVoice
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.present import people_at
from tenants.meetings.voices import Key
from tenants.meetings.workflow import (
    GuestState,
    MeetingState,
    MinutesState,
    PollState,
    RequestState,
)
from tenants.people.models import Person
from tenants.people.perms import spoken_organisations
from tenants.people.today import Awaited, Waiting
from tenants.regulation.parameters import MinutesApproval
from tenants.teams import perms as teams
from tenants.teams.models import Team, Terms

# The office's own custom until the regulation says otherwise.
MINUTES_DAYS = 14
_CLAUSE = "§ 2 ust. 9 regulaminu"


# The rule of `Minutes.is_for_meeting`, asked in one query.
_DAY = OuterRef("meeting__starts_at__date")
_BY_MEETING = Terms.objects.filter(
    Q(ended_on=None) | Q(ended_on__gt=_DAY),
    team=OuterRef("meeting__team"),
    minutes_approval=MinutesApproval.NEXT_MEETING,
    from_on__lte=_DAY,
)


def minutes_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Minutes to begin, to go on with, to approve, to remark on."""
    if not perms.see_meetings(person):
        return
    for meeting in _to_finish(person):
        if meeting.state != MeetingState.CONVENED and not meeting.has_record:
            due = _minutes_due(meeting)
            yield Waiting(
                f"Napisz protokół: {meeting}",
                meeting.url_of("minutes"),
                _CLAUSE,
                due=due,
                is_overdue=due < day,
                matter="Protokół ze spotkania",
                about=meeting.pk,
            )
    open_ones = Minutes.objects.exclude(state=MinutesState.APPROVED)
    rows = open_ones.filter(meeting__team__in=teams.readable(person))
    rows = rows.annotate(waits_for_meeting=Exists(_BY_MEETING))
    found = list(rows.select_related("meeting__team").order_by("created_at", "pk"))
    asked = [one.meeting_id for one in found if one.is_open_to_remarks(day)]
    there = people_at(asked) if asked else {}
    for minutes in found:
        was_there = not person.entries.isdisjoint(there.get(minutes.meeting_id, {}))
        yield from _of(person, minutes, day, was_there=was_there)


@fact
def _to_finish(person: Person) -> tuple[Any, ...]:
    """Meetings that are over but not closed, or that nothing records; of teams the person runs."""
    if not perms.runs_somewhere(person):
        return ()
    written = Minutes.objects.filter(meeting=OuterRef("pk"))
    rows: Any = Meeting.objects.annotate(has_record=Q(Exists(written)) | Q(scan__isnull=False))
    is_over = Q(state=MeetingState.CONVENED, ends_at__lte=timezone.now())
    is_unrecorded = Q(state=MeetingState.CLOSED, has_record=False)
    rows = rows.filter(is_over | Q(state=MeetingState.HELD) | is_unrecorded).select_related("team")
    return tuple(one for one in rows.order_by("starts_at", "pk") if perms.run(person, one))


def _minutes_due(meeting: Meeting) -> date:
    return meeting.last_day + timedelta(days=MINUTES_DAYS)


def _of(person: Person, minutes: Any, day: date, *, was_there: bool) -> Iterator[Waiting]:
    if minutes.state == MinutesState.DRAFT:
        if perms.write_minutes(person, minutes):
            due = _minutes_due(minutes.meeting)
            yield Waiting(
                f"Dokończ protokół: {minutes.meeting}",
                minutes.url,
                _CLAUSE,
                due=due,
                is_overdue=due < day,
                since=timezone.localdate(minutes.created_at),
                matter="Protokół ze spotkania",
                about=minutes.pk,
            )
    elif minutes.is_open_to_remarks(day):
        if was_there:
            yield Waiting(
                f"Przeczytaj i zgłoś uwagi: {minutes}",
                minutes.url,
                _CLAUSE,
                due=minutes.remarks_until,
                matter="Uwagi do protokołu",
                about=minutes.pk,
            )
    elif not minutes.waits_for_meeting and perms.approve_minutes(person, minutes):
        yield Waiting(
            f"Zatwierdź protokół: {minutes.meeting}",
            minutes.url,
            _CLAUSE,
            since=minutes.remarks_until + timedelta(days=1),
            about=minutes.pk,
        )


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
        if not perms.see_meeting(person, row.meeting):
            continue
        yield Waiting(
            f"Odpowiedz na zaproszenie: {row.meeting}",
            reverse("meetings:invitation_answer", args=[row.pk]),
            "§ 2 ust. 6 regulaminu",
            row.meeting.when,
            due=row.meeting.day,
            matter="Odpowiedź na zaproszenie",
            about=row.meeting_id,
        )


def guests_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Guests on whom an institution of one's own has not said anything yet."""
    if not perms.see_meetings(person):
        return
    rows = GuestInvitation.objects.filter(state=GuestState.PENDING, answer_until__gte=day)
    voices = GuestVoice.objects.filter(guest=OuterRef("pk")).values("organisation")
    told: Any = rows.select_related("meeting__team").annotate(answered_by=ArraySubquery(voices))
    guests = list(told.order_by("answer_until", "pk"))
    own = {team: perms.spoken_for(person, team) for team in {guest.team for guest in guests}}
    for guest in islice((one for one in guests if _unsaid(one, own[one.team])), _SHOWN):
        yield Waiting(
            f"Odpowiedz {guest.about}: {guest.meeting}",
            guest.url_of("answer"),
            perms.answer_guest.clause,
            "Milczenie oznacza zgodę" if guest.is_silence_consent else "Milczenie to brak zgody",
            due=guest.answer_until,
            matter=f"Odpowiedź {guest.about}",
            about=guest.pk,
        )


def _unsaid(guest: Any, own: set[Key]) -> bool:
    """One of these institutions is asked and has not answered."""
    return bool(guest.asked(own) - {*guest.answered_by})


_AGREED = "§ 2 ust. 5 regulaminu"


def polls_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Polls of dates that one has not answered, and those over, to be closed by who runs the team."""
    if not perms.see_meetings(person):
        return
    mine = PollRespondent.objects.seated(day).filter(person=person, answered_at=None)
    own = Subquery(mine.filter(poll=OuterRef("pk")).values("pk")[:1])
    polls = DatePoll.objects.filter(state=PollState.OPEN).annotate(own=own)
    light = polls.select_related("team").defer("about", "reason")
    for poll in light.order_by("closes_on", "pk"):
        if not poll.takes_answers(day):
            if perms.run_poll(person, poll):
                yield _to_close(poll)
        elif poll.own and perms.see_poll(person, poll):
            yield Waiting(
                f"Wybierz dogodne terminy spotkania {poll.team.law.genitive}",
                reverse("meetings:poll_answer", args=[poll.own]),
                _AGREED,
                due=poll.closes_on,
                matter="Ankieta terminów",
                about=poll.pk,
            )


def _to_close(poll: DatePoll) -> Waiting:
    return Waiting(
        f"Wybierz termin spotkania {poll.team.law.genitive}",
        poll.url,
        _AGREED,
        f"Odpowiedzi w ankiecie przyjmowano do {pl_date(poll.closes_on)}",
        since=poll.closes_on + timedelta(days=1),
        matter="Wybór terminu spotkania",
        about=poll.pk,
    )


def to_hold(person: Person, day: date) -> Iterator[Waiting]:
    """Meetings that are over and have no attendance, and held ones that were not closed."""
    for meeting in _to_finish(person):
        if meeting.state == MeetingState.CLOSED:
            continue
        if meeting.state == MeetingState.CONVENED:
            title, page = "Zapisz obecność na spotkaniu", "attendance"
        else:
            title, page = "Zakończ spotkanie", ""
        when = "z dnia " + pl_date(meeting.day)
        yield Waiting(
            f"{title} {when}",
            meeting.url_of(page),
            "§ 2 ust. 7 i 9 regulaminu",
            str(meeting.team),
            matter=title,
            about=meeting.pk,
        )


_SHOWN = 50  # of those that are the reader's


def arrangements_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Open arrangements of one's own, and those without an owner of the teams that one runs.

    They say the number, the team and the day: the text stays behind their page.
    """
    if not perms.see_meetings(person):
        return
    rows = (row for row in _open_arrangements(person, day) if row.may_be_own)
    for row in islice((one for one in rows if _is_for(person, one)), _SHOWN):
        which = f"nr {row.serial} {row.team.law.genitive}"
        yield Waiting(
            f"Wykonaj ustalenie {which}" if row.has_owner else f"Wskaż wykonawcę ustalenia {which}",
            row.url_of("" if row.has_owner else "pass"),
            row.team.law.arrangements or row.team.law.clause,
            due=row.due_on,
            is_overdue=row.due_on < day,
            matter="Ustalenie do wykonania",
            about=row.pk,
        )


@fact
def _open_arrangements(person: Person, day: date) -> tuple[Any, ...]:
    """Those that may be the person's (`may_be_own`), and to whoever runs a team those of others."""
    rows: Any = Arrangement.objects.whole(day).open().order_by("due_on", "pk")
    if not perms.runs_somewhere(person):
        return tuple(rows.with_own(person).filter(may_be_own=True))
    return tuple(rows.with_own(person))


def _is_for(person: Person, row: Arrangement) -> bool:
    may = perms.pass_on if row.is_chairs else perms.see_arrangement
    return may(person, row)


def arrangement_days(person: Person, day: date) -> Iterator[Waiting]:
    """Days of the arrangements of others, for whoever runs the team."""
    if not perms.runs_somewhere(person):
        return
    rows = (row for row in _open_arrangements(person, day) if row.due_on >= day)
    for row in islice((one for one in rows if perms.pass_on(person, one)), _SHOWN):
        yield Waiting(
            f"Mija termin: {row} {row.team.law.genitive}",
            row.url,
            row.team.law.arrangements or row.team.law.clause,
            due=row.due_on,
            matter="Termin ustalenia",
            about=row.pk,
        )


_CONVENED = "§ 2 ust. 6 regulaminu"


def meetings_due(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever runs a team: it must be convened soon, or should have met by now."""
    if not perms.runs_somewhere(person):
        return
    for duty in duties(Team.objects.on(day)):
        if teams.run(person, duty.team) and duty.convened(day) is None:
            yield from _due(duty, day)


def _due(duty: Duty, day: date) -> Iterator[Waiting]:
    now = duty.standing(day)
    prepared, terms = duty.prepared(day), duty.on(day)
    href = prepared.url if prepared else reverse("meetings:meeting_new", args=[duty.team.pk])
    last = now.overdue_since - timedelta(days=1) if now.overdue_since else now.next_due
    if terms is None or not (now.is_overdue or now.warn):
        return
    yield Waiting(
        f"Zwołaj spotkanie {duty.team.law.genitive}",
        href,
        duty.team.law.rhythm,
        f"Zespół spotyka się {terms.rhythm}. Ostatni dzień "
        f"{'minął' if now.is_overdue else 'na spotkanie'}: {pl_date(last)}",
        is_overdue=now.is_overdue,
        due=last,
        matter="Zwołanie spotkania",
    )


def requests_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever runs a team: requests to answer with a date or a reason."""
    if not perms.runs_somewhere(person):
        return
    for asked in _open_requests():
        if perms.answer_request(person, asked):
            yield Waiting(
                f"Odpowiedz na prośbę o spotkanie: {asked.organisation}",
                asked.url,
                perms.answer_request.clause,
                f"Prośba z {pl_date(localtime(asked.created_at).date())}",
                matter="Prośba o spotkanie",
            )


def requests_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the institution that asked."""
    if not spoken_organisations(person):
        return
    for asked in _open_requests().filter(organisation__in=spoken_organisations(person)):
        if perms.withdraw_request(person, asked):
            yield Awaited(
                title=f"Odpowiedź na prośbę o spotkanie {asked.team.law.genitive}",
                href=asked.url,
                text=f"{asked.organisation}, prośba z {pl_date(localtime(asked.created_at).date())}",
                clause=perms.answer_request.clause,
            )


def _open_requests() -> "QuerySet[MeetingRequest]":
    rows = MeetingRequest.objects.filter(state=RequestState.ASKED)
    light = rows.select_related("team", "organisation").defer("reason", "answer")
    return light.order_by("created_at", "pk")


def meeting_days(person: Person, day: date) -> Iterator[Waiting]:
    """Meetings that are convened, for everybody who reads what the team does."""
    if not perms.see_meetings(person):
        return
    ahead = Meeting.objects.ahead(times.moment(day, time())).select_related("team")
    light = ahead.only("mode", "starts_at", "ends_at", "team").order_by("starts_at", "pk")
    shown = (one for one in light if _day_of(one) >= day and teams.read(person, one.team))
    for meeting in islice(shown, _SHOWN):
        is_by_email = meeting.mode == MeetingMode.EMAIL
        words = "Ostatni dzień tury e-mailowej" if is_by_email else "Spotkanie"
        hours = None if is_by_email else (meeting.starts_at, meeting.ends_at)
        yield Waiting(
            f"{words} {genitive_of(meeting.team)}{_at(hours)}",
            meeting.url,
            _CONVENED,
            due=_day_of(meeting),
            # The hour stands apart, so that in a calendar the same event moves.
            matter=f"{words} zespołu",
            hours=hours,
        )


def _day_of(meeting: Meeting) -> date:
    is_by_email = meeting.mode == MeetingMode.EMAIL
    return times.day_before(meeting.ends_at) if is_by_email else meeting.day


def _at(hours: tuple[datetime, datetime] | None) -> str:
    if hours is None:
        return ""
    begin, end = (f"{localtime(moment):%H:%M}" for moment in hours)
    return f", godz. {begin}–{end}"
