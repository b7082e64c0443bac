"""Dates are proposed, everybody who has a seat answers, one is chosen (REG §2.5 s.2-3)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send
from kooperacja.ui.polish import localtime, pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.meetings import perms
from tenants.meetings.actions import planning, requesting
from tenants.meetings.actions.ending_polls import (
    ASKS,
    REMINDS,
    agreed_dedupe,
    dedupe_of,
    settle_all,
    settle_of,
)
from tenants.meetings.addressed import recipient_of, title_of
from tenants.meetings.invited import how_of
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.models.polls import DatePoll, PollAnswer, PollDate, PollRespondent
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.notifications import AboutPoll, PollAgreed, PollOpened, PollReminder
from tenants.meetings.polled import whole
from tenants.meetings.workflow import MeetingState, PollState, RequestState
from tenants.people.models import Person
from tenants.regulation.parameters import PlacePolicy
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat, Team

LEAST, MOST = 2, 10
REMIND_DAYS = timedelta(days=2)  # before the closing day the silent are reminded, once
Span = tuple[datetime, datetime]


@transaction.atomic
def propose(*, by: Actor, meeting_id: UUID, key: UUID, values: dict[str, Any]) -> DatePoll:
    """Propose dates for a meeting in preparation, and ask everybody who has a seat."""
    meeting = planning.locked(by, meeting_id)
    return _begin(by, DatePoll(id=key, team=meeting.team, meeting=meeting), **values)


@transaction.atomic
def propose_for_request(
    *, by: Actor, request_id: UUID, key: UUID, values: dict[str, Any]
) -> DatePoll:
    """The same in answer to a request; the chosen date becomes a meeting that answers it."""
    asked = lock_in_team(MeetingRequest.objects.select_related("team"), request_id)
    perms.answer_request.require(Person.objects.acting(by), asked)
    return _begin(by, DatePoll(id=key, team=asked.team, request=asked), **values)


def require_proposing(meeting: Meeting) -> None:
    """It is in preparation, has an hour, and no poll of it is open."""
    if meeting.state != MeetingState.PLANNED or meeting.mode == MeetingMode.EMAIL:
        raise Problem(
            "Ankietę terminów zakłada się dla spotkania w przygotowaniu",
            f"Stan spotkania: {meeting.get_state_display()}, forma: {meeting.get_mode_display()}.",
            kept=NOTHING_SAVED,
            at=meeting,
        )
    _require_first(meeting=meeting)


def require_proposing_for(asked: MeetingRequest, by: Actor) -> None:
    """It waits for an answer, and no poll of it is open."""
    require_may(asked, RequestState.ANSWERED, by)
    _require_first(request=asked)


def _require_first(**of: Any) -> None:
    if earlier := DatePoll.objects.filter(state=PollState.OPEN, **of).first():
        raise Problem(
            "Trwa już ankieta terminów tego spotkania",
            "Wybierz w niej termin albo zakończ ją bez terminu.",
            kept=NOTHING_SAVED,
            at=earlier,
            action="Otwórz tę ankietę",
        )


def _begin(
    by: Actor, poll: DatePoll, *, about: str, closes_on: date, dates: list[Span]
) -> DatePoll:
    if not DatePoll.objects.filter(pk=poll.pk).exists():
        _require_possible(by, poll)
        require_fitting(dates, closes_on, by.today)
        for starts_at, ends_at in dates:
            _require_free(poll, starts_at, ends_at)
    poll.about, poll.closes_on = about, closes_on
    insert_once(poll)
    PollDate.objects.bulk_create(
        [PollDate(poll=poll, starts_at=begin, ends_at=end) for begin, end in sorted(dates)]
    )
    record(by=by, verb="POLL_OPENED", obj=poll)
    _ask(poll, by.today)
    return poll


def _require_possible(by: Actor, poll: DatePoll) -> None:
    if poll.meeting:
        require_proposing(poll.meeting)
    if poll.request:
        require_proposing_for(poll.request, by)


def require_fitting(dates: list[Span], closes_on: date, today: date) -> None:
    """Some different dates to come, and time to answer before the first of them."""
    starts = [begin for begin, _ in dates]
    if not LEAST <= len(dates) <= MOST:
        raise ValidationError(f"Zaproponuj od {LEAST} do {MOST} terminów.")
    if len({*starts}) < len(starts):
        raise ValidationError("Każdy termin zaproponuj raz.")
    if min(starts) <= timezone.now():
        raise ValidationError("Proponowane terminy muszą być w przyszłości.")
    if not today <= closes_on < localtime(min(starts)).date():
        raise ValidationError(
            {"closes_on": "Podaj dzień od dziś do dnia przed pierwszym z terminów."}
        )


def _require_free(poll: DatePoll, starts_at: datetime, ends_at: datetime) -> None:
    """The team has no other meeting then, as planning asks it."""
    meeting = poll.meeting or Meeting(team=poll.team)
    planning.require_free(
        meeting, {"mode": MeetingMode.DIRECT, "starts_at": starts_at, "ends_at": ends_at}
    )


def _ask(poll: DatePoll, day: date) -> None:
    """Ask everybody who has a seat and was not asked yet: a person once, an institution's vacant seat."""
    seats = Seat.objects.taken(day).filter(team=poll.team_id).order_by("pk")
    known = {(row.person_id, row.organisation_id) for row in poll.respondents.order_by("pk")}
    wanted = dict.fromkeys(
        (seat.person_id, None if seat.person_id else seat.organisation_id) for seat in seats
    )
    new = [who for who in wanted if who not in known and any(who)]
    PollRespondent.objects.bulk_create(
        [PollRespondent(poll=poll, person_id=one, organisation_id=of) for one, of in new]
    )
    for row in whole().filter(poll=poll).order_by("pk"):
        if (row.person_id, row.organisation_id) not in known:
            _tell(PollOpened, row, ASKS)


def _tell(kind: type[AboutPoll], row: PollRespondent, what: str) -> None:
    to = recipient_of(row)
    if to is None:
        return
    message = kind(row.pk, what=title_of(row.poll.team), until=pl_date(row.poll.closes_on))
    send(message, to=[to], dedupe=dedupe_of(row, what))


def keep_asked() -> None:
    """Ask who took a seat since a poll began, and let nothing wait of who gave it up.

    Called in the transaction that changes the seats (`Follower`).
    """
    today = timezone.localdate(timezone.now())
    polls = DatePoll.objects.filter(state=PollState.OPEN, closes_on__gte=today)
    for poll in polls.select_related("team").order_by("pk"):
        _ask(poll, today)
        staying = {row.pk for row in poll.respondents.seated(today).order_by("pk")}
        for row in poll.respondents.exclude(pk__in=staying).order_by("pk"):
            settle_of(row)


@transaction.atomic
def answer(*, by: Actor, respondent_id: UUID, answers: Mapping[UUID, str]) -> PollRespondent:
    """Answer for each date from the page; whoever is asked, or speaks for the institution."""
    row = _locked(respondent_id)
    require_answerable(row, by.today)
    perms.answer_poll.require(Person.objects.acting(by), row)
    return _take(by, row, answers)


@transaction.atomic
def answer_by_link(
    *, by: Actor, respondent_id: UUID, answers: Mapping[UUID, str]
) -> PollRespondent:
    """The same by the link of the mail, without signing in."""
    row = _locked(respondent_id)
    require_answerable(row, by.today)
    return _take(by, row, answers)


def _locked(respondent_id: UUID) -> PollRespondent:
    return lock_in_team(whole(), respondent_id, "poll__team")


def require_answerable(row: PollRespondent, day: date) -> None:
    """The poll takes answers and whoever is asked has a seat."""
    if why := not_answerable(row, day):
        raise Problem("W tej ankiecie nie można już odpowiedzieć", why, kept=NOTHING_SAVED)


def not_answerable(row: PollRespondent, day: date) -> str:
    """The reason for which no answer is taken; empty where it is."""
    poll = row.poll
    if not is_seated(row, day):
        return "Odpowiadają osoby, które mają miejsce w zespole, a to miejsce wygasło."
    if not poll.is_open:
        chosen = f" Termin: {poll.when}." if poll.when else ""
        return f"Ankieta jest już zakończona.{chosen}"
    if not poll.takes_answers(day):
        return f"Odpowiedzi przyjmowaliśmy do {pl_date(poll.closes_on)}"
    return ""


def is_seated(row: PollRespondent, day: date) -> bool:
    """Whoever is asked has a seat; without one the link tells nothing of the poll."""
    return PollRespondent.objects.filter(pk=row.pk).seated(day).exists()


def _take(by: Actor, row: PollRespondent, answers: Mapping[UUID, str]) -> PollRespondent:
    if {*answers} != {*row.poll.dates.order_by("pk").values_list("pk", flat=True)}:
        raise ValidationError("Odpowiedz przy każdym terminie.")
    given = {one.date_id: one for one in row.answers.order_by("pk")}
    if {pk: one.answer for pk, one in given.items()} == {**answers}:
        raise AlreadySaved(row)
    for pk, word in answers.items():
        one = given.get(pk) or PollAnswer(respondent=row, date_id=pk)
        one.answer = word
        one.save()
    row.answered_at = timezone.now()
    row.save(update_fields=["answered_at"])
    settle_of(row)
    record(by=by, verb="POLL_ANSWERED", obj=row.poll)
    return row


@transaction.atomic
def agree(*, by: Actor, poll_id: UUID, version: int, date_id: UUID) -> DatePoll:
    """Close it with a date: the meeting takes that time; a request is answered by a new meeting."""
    poll = _running(by, poll_id, version, PollState.AGREED)
    chosen = poll.dates.filter(pk=date_id).first()
    if chosen is None or chosen.starts_at <= timezone.now():
        raise ValidationError({"date_id": "Tego terminu nie można już wybrać. Wybierz inny."})
    _require_free(poll, chosen.starts_at, chosen.ends_at)
    span: dict[str, Any] = {"starts_at": chosen.starts_at, "ends_at": chosen.ends_at}
    if poll.meeting:
        planning.take_time(by, poll.meeting, span)
    meeting = poll.meeting or _plan(by, poll.team, span)
    move(poll, PollState.AGREED, by=by, on=by.today, meeting=meeting, **span)
    settle_all(poll)
    _tell_result(by, poll, meeting)
    if asked := poll.request:
        requesting.answer(by=by, request_id=asked.pk, version=asked.version, meeting_id=meeting.pk)
    return poll


def _tell_result(by: Actor, poll: DatePoll, meeting: Meeting) -> None:
    """Tell whom it asked; the invitation comes only when the meeting is convened."""
    asked = poll.respondents.seated(by.today).values("pk")
    rows = whole().filter(pk__in=asked).exclude(person__in=[by.person_id])
    said = {"what": title_of(poll.team), "when": poll.when, "how": how_of(meeting)}
    for row in rows.order_by("pk"):
        if to := recipient_of(row):
            send(PollAgreed(row.pk, **said), to=[to], dedupe=agreed_dedupe(poll))


def _plan(by: Actor, team: Team, span: dict[str, Any]) -> Meeting:
    """A meeting at that time; where the place is fixed, there."""
    terms = team.terms_on(localtime(span["starts_at"]).date())
    is_fixed = terms is not None and terms.place_policy != PlacePolicy.ROTATING
    values = {
        "mode": MeetingMode.DIRECT,
        "place": terms.place if terms and is_fixed else "",
        "place_reason": "",
        "link": "",
        **span,
    }
    return planning.plan_meeting(by=by, team_id=team.pk, key=uuid7(), values=values)


@transaction.atomic
def end(*, by: Actor, poll_id: UUID, version: int, reason: str) -> DatePoll:
    """Close it without a date, and say why."""
    poll = _running(by, poll_id, version, PollState.ENDED)
    move(poll, PollState.ENDED, by=by, on=by.today, reason=reason)
    settle_all(poll)
    return poll


def _running(by: Actor, poll_id: UUID, version: int, to: str) -> DatePoll:
    """The poll, locked for whoever runs its team, as it was seen."""
    rows = DatePoll.objects.select_related("team", "meeting__team", "request__team")
    poll: DatePoll = lock_in_team(rows, poll_id)
    perms.run_poll.require(Person.objects.acting(by), poll)
    require_may(poll, to, by)
    if poll.version != version:
        raise StaleForm(poll)
    return poll


@transaction.atomic
def remind(*, respondent_id: UUID, day: date) -> None:
    """Remind somebody who is still silent, once."""
    row = _locked(respondent_id)
    if row.answered_at is None and not not_answerable(row, day):
        _tell(PollReminder, row, REMINDS)


def to_remind(day: date) -> list[UUID]:
    """The silent of polls near their closing day; not on the day on which they were asked."""
    rows = PollRespondent.objects.seated(day).filter(
        answered_at=None,
        poll__state=PollState.OPEN,
        poll__closes_on__range=(day, day + REMIND_DAYS),
        poll__created_at__date__lt=day,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))
