"""A poll of dates: everybody who has a seat says which of the proposed ones suit (REG §2.5)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.meetings import times
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.workflow import POLL, PollState
from tenants.people.models import Organisation, Person
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team


class DatePoll(TenantModel):
    """A poll of dates of a meeting in preparation, or of one that a Kooperant asked for."""

    PAGE, LIST_PAGE = "meetings:poll", "meetings:meetings"
    WORKFLOW = POLL

    team = models.ForeignKey(Team, models.PROTECT, related_name="polls")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="polls", null=True)
    request = models.ForeignKey(MeetingRequest, models.PROTECT, related_name="polls", null=True)
    state = models.CharField(max_length=6, choices=PollState.choices, default=PollState.OPEN)
    about = ContentField("czego dotyczy spotkanie", default="")
    # The last day on which an answer may be given or changed.
    closes_on = models.DateField("odpowiedzi do")
    # The date it agreed on.
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reason = ContentField("dlaczego nie wybrano terminu", default="")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(request__isnull=False),
                name="poll_of_a_meeting_or_request",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state=PollState.OPEN), name="poll_once_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state=PollState.OPEN), name="poll_once_a_request"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=PollState.AGREED,
                    meeting__isnull=False,
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                )
                | ~Q(state=PollState.AGREED) & Q(starts_at__isnull=True, ends_at__isnull=True),
                name="poll_agreed_on_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"Ankieta terminów, odpowiedzi do {pl_date(self.closes_on)}"

    @property
    def is_open(self) -> bool:
        return self.state == PollState.OPEN

    @property
    def when(self) -> str:
        """The date it agreed on, in words; empty where there is none."""
        if self.starts_at is None or self.ends_at is None:
            return ""
        return times.in_words(self.starts_at, self.ends_at)

    def takes_answers(self, day: date) -> bool:
        """It is open and its closing day is not over."""
        return self.is_open and day <= self.closes_on


class PollDate(TenantModel):
    """A date that a poll proposes."""

    poll = models.ForeignKey(DatePoll, models.PROTECT, related_name="dates")
    starts_at = models.DateTimeField("początek")
    ends_at = models.DateTimeField("koniec")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="poll_date_ends_after_start"
            ),
            models.UniqueConstraint(fields=["poll", "starts_at"], name="poll_date_once"),
        ]

    def __str__(self) -> str:
        return self.when

    @property
    def when(self) -> str:
        return times.with_weekday(self.starts_at, self.ends_at)


class RespondentQuerySet(models.QuerySet["PollRespondent"]):
    """People and institutions that a poll asks."""

    def seated(self, day: date) -> Self:
        """Those who have a seat in the team on a day: a person, or an institution that sent nobody."""
        people = Seat.objects.on(day).filter(team=OuterRef("poll__team"), person=OuterRef("person"))
        vacant = Seat.objects.taken(day).filter(
            team=OuterRef("poll__team"), person=None, organisation=OuterRef("organisation")
        )
        return self.filter(Exists(people) | Exists(vacant))


class PollRespondent(TenantModel):
    """Somebody whom a poll asks: a person once, whatever number of seats, or a vacant seat's institution."""

    INSTITUTION = "organisation"

    poll = models.ForeignKey(DatePoll, models.PROTECT, related_name="respondents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    objects = RespondentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="poll_asks_person_or_institution",
            ),
            models.UniqueConstraint(fields=["poll", "person"], name="poll_asks_a_person_once"),
            models.UniqueConstraint(
                fields=["poll", "organisation"], name="poll_asks_an_institution_once"
            ),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> str:
        return str(self.person or self.organisation)


class DateAnswer(models.TextChoices):
    """The answers to one date (tenants.meetings.dates.Answer)."""

    YES = "YES", "mogę"
    IF_NEEDED = "IF_NEEDED", "mogę, jeśli trzeba"
    NO = "NO", "nie mogę"


class PollAnswer(TenantModel):
    """The answer to one date of a poll."""

    respondent = models.ForeignKey(PollRespondent, models.PROTECT, related_name="answers")
    date = models.ForeignKey(PollDate, models.PROTECT, related_name="answers")
    answer = models.CharField("odpowiedź", max_length=9, choices=DateAnswer.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["respondent", "date"], name="poll_date_answered_once"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
