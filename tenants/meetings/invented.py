"""Invented arrangements for the demo, and the days on which it works."""

from datetime import date, timedelta

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.meetings.actions import arrangements
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import Meeting
from tenants.partnership.models import Membership
from tenants.teams.models import Seat, Team

# Of the last three meetings: the task, days until it is due, days until it was done.
_ARRANGED = (
    ("Spisać godziny dyżurów instytucji", 21, 14),
    ("Przygotować ulotkę o pomocy sąsiedzkiej", 21, 45),
    ("Uzgodnić wspólny kalendarz wydarzeń", 30, None),
)
_OF_OLDEST = (
    ("Zebrać od instytucji terminy szkoleń (pokaz)", -3),
    ("Podać telefon dyżurny na czas ferii (pokaz)", 12),
)


def workday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def arrangements_of(by: Actor, team: Team, today: date) -> None:
    """Some done in time, some late, some open, and one of somebody who has left the team since."""
    seats = list(
        Seat.objects.on(today).filter(team=team).exclude(organisation=None, person=None).in_order()
    )
    held = list(team.meetings.took_place().order_by("-starts_at")[:3])
    for number, meeting in enumerate(reversed(held)):
        for place, (words, due, done) in enumerate(_ARRANGED):
            if not seats:
                return
            seat = seats[(number * len(_ARRANGED) + place) % len(seats)]
            row = _arranged(by, meeting, seat, words, meeting.day + timedelta(days=due))
            done_on = meeting.day + timedelta(days=done) if done else None
            if done_on and done_on <= today:
                arrangements.report_done(
                    by=by, arrangement_id=row.pk, version=row.version, done_on=done_on
                )
    _leave_one(team, today)
    if held:
        _to_oldest(by, held[0], today)


def _to_oldest(by: Actor, meeting: Meeting, today: date) -> None:
    """Two of the oldest member, whose coordinator works in several units: one late, one to come."""
    oldest = (
        Membership.objects.filter(ended_on=None).order_by("from_on", "pk").values("organisation")
    )
    seats = Seat.objects.on(today).filter(team=meeting.team, person=None)
    if seat := seats.filter(organisation=oldest[:1]).first():
        for words, days in _OF_OLDEST:
            due = max(meeting.day, workday(today + timedelta(days=days)))
            _arranged(by, meeting, seat, words, due)


def _arranged(by: Actor, meeting: Meeting, seat: Seat, words: str, due: date) -> Arrangement:
    values, key = {"text": words, "due_on": due}, uuid7()
    return arrangements.arrange(
        by=by, meeting_id=meeting.pk, key=key, seat=seat.pk, item=None, values=values
    )


def _leave_one(team: Team, today: date) -> None:
    """Name somebody whose seat is over as the owner of the oldest open one."""
    gone = Seat.objects.filter(team=team, ended_on__lte=today).exclude(person=None)
    seat = gone.exclude(person__seats__in=Seat.objects.on(today)).order_by("ended_on", "pk").first()
    row = Arrangement.objects.open().filter(team=team).order_by("due_on", "pk").first()
    if seat and row:
        row.person_id, row.organisation_id = seat.person_id, seat.organisation_id
        row.save(update_fields=["person", "organisation"])
