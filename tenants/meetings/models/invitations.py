"""The invitations to a meeting: one for each seat of the team (REG §2.6)."""

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.meetings.models.meetings import Meeting
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team


class Answer(models.TextChoices):
    """Answers to an invitation."""

    YES = "YES", "będzie"
    NO = "NO", "nie będzie"
    DEPUTY = "DEPUTY", "przyjdzie zastępca"


class SeatInvitation(TenantModel):
    """The invitation of one seat to one meeting; nobody who has a seat can be left out."""

    INSTITUTION = "seat__organisation"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    answer = models.CharField("odpowiedź", max_length=6, choices=Answer.choices, default="")
    deputy = ContentField("zastępca", default="")
    note = ContentField("uwaga", default="")
    # What came from another address than the one invited; it answers nothing.
    aside = ContentField("odpowiedź z innego adresu", default="")
    answered_at = models.DateTimeField(null=True)
    # The seat ended before the meeting, or the team parted from it: it was told so.
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # A seat that is taken again is invited anew.
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="invited_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.seat}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.meeting.team
