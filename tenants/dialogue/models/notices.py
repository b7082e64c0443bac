"""The log of what went to every member of a team at once (REG §6.1 s.3, §6.2, §7.2)."""

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.teams.models import Seat, Team


class Notice(TenantModel):
    """A matter that goes to one seat of the team; no seat that is taken can be left out."""

    INSTITUTION = "seat__organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    # The matter, as `ForAll` of its kind calls it.
    kind = models.CharField(max_length=30)
    about = models.UUIDField()
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    # The seat was taken after the matter had gone to the others, and before it reached them all.
    is_late = models.BooleanField(default=False)
    # Tells apart who gets the message; empty where the seat has no account and no address.
    recipient = models.CharField(max_length=64, default="")
    has_account = models.BooleanField(default=False)
    # The message was put into the inbox and among the mails to be sent.
    queued_at = models.DateTimeField(null=True)
    # Its mail in the outbox, and in the log of what the mail server took (`Delivery`).
    mail = models.UUIDField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["about", "seat"], name="notice_once_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.seat}"
