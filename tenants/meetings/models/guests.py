"""Guests and consultants of a meeting, and the institutions that consent to them (REG §2.8)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.voices import Key
from tenants.meetings.workflow import GUEST, GuestState, MeetingState
from tenants.people.models import Organisation, Person
from tenants.regulation.parameters import GuestConsent
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class Capacity(models.TextChoices):
    """The capacities in which somebody who has no seat attends a meeting (REG §2.8)."""

    GUEST = "GUEST", "gość"
    CONSULTANT = "CONSULTANT", "konsultant"

    @property
    def genitive(self) -> str:
        return "gościa" if self is Capacity.GUEST else "konsultanta"


class GuestInvitation(TenantModel):
    """A guest or consultant proposed for one meeting, invited to it once there is consent."""

    PAGE, LIST_PAGE = "meetings:guest", "meetings:meetings"
    WORKFLOW = GUEST

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="guests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who proposed
    state = models.CharField(max_length=9, choices=GuestState.choices, default=GuestState.PENDING)
    capacity = models.CharField("w jakiej roli", max_length=10, choices=Capacity.choices)
    name = ContentField("imię i nazwisko")
    institution = ContentField("instytucja i funkcja", default="")
    # None: the one who proposed tells them; emptied some days after the meeting.
    email = ContentField("adres e-mail", null=True)
    reason = ContentField("po co")
    # Ids of the items for which they come; of none: the whole meeting.
    items = models.JSONField(default=list)
    # The rule of the day of the proposal, whatever the regulation says later.
    way = models.CharField("jak się wyraża zgodę", max_length=12, choices=GuestConsent.choices)
    answer_until = models.DateField("odpowiedzi do")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        # No name: the journal keeps this text.
        return f"{self.get_capacity_display().capitalize()}: {self.meeting}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.meeting.team

    @property
    def about(self) -> str:
        """The matter of its answers, in words."""
        return f"w sprawie {Capacity(self.capacity).genitive}"

    @property
    def is_open(self) -> bool:
        """It waits for consent."""
        return self.state == GuestState.PENDING

    @property
    def is_silence_consent(self) -> bool:
        return self.way == GuestConsent.NO_OBJECTION

    def asked(self, institutions: set[Key]) -> set[Key]:
        """Those of some institutions whose voice counts.

        Where a majority or all must consent, the regulation asks the Kooperanci, not the Lider.
        """
        return institutions if self.is_silence_consent else institutions - {None}

    def is_answerable(self, day: date) -> bool:
        return self.is_open and day <= self.answer_until

    @property
    def is_invited(self) -> bool:
        """There is consent, and the meeting is still to come or goes on."""
        meeting = self.meeting
        is_ahead = meeting.state == MeetingState.CONVENED and meeting.ends_at > timezone.now()
        return is_ahead and self.state == GuestState.CONSENTED

    def attended(self) -> list[AgendaItem]:
        """The items for which they come: all, unless some were named."""
        items = list(self.meeting.items.all())
        return [item for item in items if str(item.pk) in self.items] if self.items else items


class GuestVoice(TenantModel):
    """The consent or objection of an institution of the team; without one it is the Lider's."""

    INSTITUTION = "organisation"

    guest = models.ForeignKey(GuestInvitation, models.PROTECT, related_name="voices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(
        "odpowiedź", max_length=3, choices=[("YES", "zgoda"), ("NO", "sprzeciw")]
    )
    reason = ContentField("powód sprzeciwu", default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["guest", "organisation"], name="guest_voiced_once"),
            models.UniqueConstraint(
                fields=["guest"],
                condition=Q(organisation__isnull=True),
                name="guest_voice_of_lead_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest}, {self.get_choice_display()}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.guest.team
