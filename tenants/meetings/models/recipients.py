"""People "do wiadomości": they get the approved minutes of a team and have no seat (REG §2.9)."""

from django.db import models
from django.db.models.functions import Now

from tenants.people.dated import Dated
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class MinutesRecipient(Dated):
    """Somebody to whom the approved minutes of a team are sent, from a day on."""

    PAGE = "meetings:recipient_end"

    team = models.ForeignKey(Team, models.PROTECT, related_name="minutes_recipients")
    name = ContentField("imię i nazwisko")
    institution = ContentField("instytucja", default="")
    email = ContentField("adres e-mail", null=True)  # emptied some days after the end
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    class Meta(Dated.Meta):
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        # No name: the journal keeps this text.
        return "osoba, która dostaje protokoły do wiadomości"
