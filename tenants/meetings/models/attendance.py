"""Attendance at a meeting, kept as text (REG §2.7)."""

from collections.abc import Iterable

from django.db import models

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import sort_key
from tenants.meetings.models.meetings import Meeting
from tenants.people.models import Organisation
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team


class Presence(models.TextChoices):
    """How a seat was kept at a meeting (REG §2.7)."""

    PRESENT = "PRESENT", "obecność"
    EXCUSED = "EXCUSED", "nieobecność usprawiedliwiona"
    ABSENT = "ABSENT", "nieobecność"


class Attendance(TenantModel):
    """Whoever was at a meeting or should have been, as they were on that day (REG §2.7-2.8).

    The texts stay as they were whatever becomes of the seat, the person and the institution.
    """

    INSTITUTION = "organisation"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", null=True)  # none: a guest
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    name = ContentField("imię i nazwisko", default="")
    function = ContentField("funkcja", default="")
    institution = ContentField("instytucja", default="")
    presence = models.CharField("obecność", max_length=7, choices=Presence.choices)
    deputy = ContentField("zastępca", default="")
    came_at = models.TimeField("przybycie", null=True)
    left_at = models.TimeField("wyjście", null=True)
    is_guest = models.BooleanField("gość", default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attended_once"),
            models.CheckConstraint(
                condition=models.Q(is_guest=True, seat__isnull=True) | models.Q(is_guest=False),
                name="guest_has_no_seat",
            ),
        ]
        verbose_name_plural = "attendance"

    def __str__(self) -> str:
        return f"{self.name}: {self.get_presence_display()}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.meeting.team

    @property
    def who(self) -> str:
        """Its person; else that nobody was sent."""
        return self.name or "miejsce nieobsadzone"

    @property
    def is_present(self) -> bool:
        return self.presence == Presence.PRESENT

    @property
    def hours(self) -> str:
        """The hours at which somebody came late or left early, in words."""
        came = f"od {self.came_at:%H:%M}" if self.came_at else ""
        left = f"do {self.left_at:%H:%M}" if self.left_at else ""
        return " ".join(filter(None, (came, left)))


def in_order(rows: Iterable[Attendance]) -> list[Attendance]:
    """The Lider's first, then by institution and person, guests at the end.

    Their texts are sealed, so no database sorts them.
    """
    return sorted(
        rows,
        key=lambda row: (
            row.is_guest,
            row.organisation_id is not None,
            sort_key(row.institution),
            sort_key(row.name),
            row.pk,
        ),
    )
