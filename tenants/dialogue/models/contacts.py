"""The log of contacts between meetings (REG §6.1 s.1; POR §3.2)."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import localtime, pl_date
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class Channel(models.TextChoices):
    """The ways in which members and others talk to each other (POR §3.2)."""

    DIRECT = "DIRECT", "bezpośrednio"
    PHONE = "PHONE", "telefon"
    EMAIL = "EMAIL", "e-mail"
    LETTER = "LETTER", "pismo"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those of the teams whose content the person may read (tenants.teams.perms.read)."""
        return self.filter(team__in=teams.readable(person))


class Contact(TenantModel):
    """A talk that needs no note; without an institution the Lider had it."""

    PAGE, LIST_PAGE = "dialogue:contact", "dialogue:contacts"
    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    held_on = models.DateField("dnia")
    channel = models.CharField("sposób", max_length=6, choices=Channel.choices)
    with_whom = ContentField("z kim")
    subject = ContentField("temat")
    summary = ContentField("krótko", default="")
    logged_at = models.DateTimeField("wpisano", default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        # No text: the journal keeps this.
        return f"Kontakt z {pl_date(self.held_on)}"

    @property
    def of(self) -> str:
        """The institution that had it, or the Lider."""
        return str(self.organisation) if self.organisation_id else "Lider"

    def is_of_day(self, day: date) -> bool:
        """It was written on that day: until its end its author may correct it."""
        return localtime(self.logged_at).date() == day


class ContactAddition(TenantModel):
    """Something added to a contact after its day."""

    APPEND_ONLY = True
    INSTITUTION = "contact__organisation"

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="additions")
    who = ContentField("kto")
    text = ContentField("treść")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.contact}: dopisek"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.contact.team
