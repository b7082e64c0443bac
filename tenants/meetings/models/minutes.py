"""The minutes of a meeting, remarks on them, and what is set right later (REG §2.9)."""

from datetime import date

from django.db import models
from django.db.models.functions import Now

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import localtime
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.workflow import MINUTES, MinutesState
from tenants.people.models import Person
from tenants.regulation.parameters import MinutesApproval
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team
from tenants.teams.sides import leading


class Minutes(TenantModel):
    """The minutes of one meeting: drafted, open to remarks, approved and then frozen (REG §2.9)."""

    PAGE = "meetings:minutes"
    WORKFLOW = MINUTES

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="record")
    state = models.CharField(max_length=8, choices=MinutesState.choices, default=MinutesState.DRAFT)
    chair = ContentField("przewodniczy")
    taker = ContentField("protokołuje")
    remarks_until = models.DateField("uwagi do", null=True)
    approved_on = models.DateField("zatwierdzono", null=True)
    approver = ContentField("kto zatwierdził", default="")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=MinutesState.APPROVED, approved_on__isnull=False)
                | ~models.Q(state=MinutesState.APPROVED) & models.Q(approved_on__isnull=True),
                name="minutes_approved_on_a_day",
            )
        ]
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"Protokół nr {self.meeting.serial}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.meeting.team

    @property
    def is_for_meeting(self) -> bool:
        """The next meeting approves it: so the terms of the team had it on that day."""
        terms = self.team.terms_on(self.meeting.day)
        return terms is not None and terms.minutes_approval == MinutesApproval.NEXT_MEETING

    def is_open_to_remarks(self, day: date) -> bool:
        """Those who were present may still send their remarks."""
        is_review = self.state == MinutesState.REVIEW and self.remarks_until is not None
        return is_review and day <= self.remarks_until  # type: ignore[operator]


class MinutesText(TenantModel):
    """The text of one item as somebody wrote it; without one the system's own stands there."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="texts")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    text = ContentField("treść")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "item"], name="minutes_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, punkt {self.item.position}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.minutes.team

    @property
    def url(self) -> str:
        return self.minutes.url


class Remark(TenantModel):
    """A remark on minutes by somebody who was present, and the answer of whoever writes them."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    author = ContentField("autor")
    text = ContentField("uwaga")
    is_taken = models.BooleanField("uwzględniono", null=True)
    answer = ContentField("odpowiedź", default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.minutes}: uwaga"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.minutes.team

    @property
    def day(self) -> date:
        return localtime(self.recorded_at).date()


class Rectification(TenantModel):
    """A rectification of approved minutes, numbered and printed after their text.

    Where the next meeting approves it, it has no number and no day until then.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="rectifications")
    number = models.PositiveSmallIntegerField("numer", null=True)
    reason = ContentField("powód")
    text = ContentField("treść sprostowania")
    approved_on = models.DateField("zatwierdzono", null=True)
    approver = ContentField("kto zatwierdził", default="")

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="rectification_number_once")
        ]

    def __str__(self) -> str:
        which = f"nr {self.number}" if self.number else "do zatwierdzenia"
        return f"{self.minutes}: sprostowanie {which}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.minutes.team


class Extract(TenantModel):
    """An extract of chosen items of approved minutes, with its own number."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="extracts")
    number = models.PositiveSmallIntegerField("numer")
    items = models.JSONField("punkty")  # their positions
    is_nameless = models.BooleanField("bez nazwisk", default=False)
    made_on = models.DateField("sporządzono")
    maker = ContentField("kto sporządził")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="extract_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes}: wyciąg nr {self.number}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.minutes.team


def of_lead(meeting: Meeting) -> list[Person]:
    """The Lider's people who sat in the team on that day: one of them takes the minutes."""
    seats = Seat.objects.taken(meeting.day).filter(team=meeting.team_id, organisation=None)
    return [seat.person for seat in seats.in_order() if seat.person]


def chair_of(meeting: Meeting, people: list[Person]) -> Person | None:
    """The first of these people who led such a team on that day (REG §2.1)."""
    leads = leading(meeting.team, meeting.day)
    return next((person for person in people if person in leads), None)
