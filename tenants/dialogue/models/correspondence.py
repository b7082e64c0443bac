"""Correspondence of a team: threads whose every message goes to all members at once (REG §6.2)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from tenants.dialogue.workflow import HELD, THREAD, HeldState, ThreadState
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team

MESSAGE_FILE = "MESSAGE_FILE"  # the kind of a file that goes with a message
MAX_FILES = 5  # of one message
MAX_TEXT = 5000  # signs


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those of the teams whose content the person may read (tenants.teams.perms.read)."""
        return self.filter(team__in=teams.readable(person))

    def with_reading(self, person: Person) -> Self:
        """With how far the person has read, as `read_to`."""
        own = Reading.objects.filter(thread=OuterRef("pk"), person__in=person.entries)
        last = own.order_by("-position").values("position")[:1]
        return self.annotate(read_to=Coalesce(Subquery(last), Value(0)))

    def unread(self) -> Self:
        """Threads `with_reading` in which something is said that the person has not read."""
        return self.filter(count__gt=models.F("read_to"))


class Thread(TenantModel):
    """Messages on one subject; without an institution the Lider began it."""

    PAGE, LIST_PAGE = "dialogue:thread", "dialogue:threads"
    WORKFLOW = THREAD
    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="threads")
    # Its place in the team's series of the year.
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField("numer")
    subject = ContentField("temat")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=ThreadState.choices, default=ThreadState.OPEN)
    count = models.PositiveIntegerField("wiadomości", default=0)
    last_at = models.DateTimeField("ostatnia wiadomość", default=timezone.now)
    ended_on = models.DateField("zamknięto", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "year", "number"], name="thread_number_once"),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_on__isnull=True)
                | Q(state="CLOSED", ended_on__isnull=False),
                name="thread_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        # No subject: the journal keeps this.
        return f"Korespondencja nr {self.number}/{self.year}"

    @property
    def begun_by(self) -> str:
        """The institution that began it, or the Lider."""
        return str(self.organisation) if self.organisation_id else "Lider"

    @property
    def is_open(self) -> bool:
        """It may still be answered."""
        return self.state in THREAD.open


class Message(TenantModel):
    """A message to all members; it is never changed: what was wrong is set right by the next."""

    INSTITUTION = "organisation"

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    position = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    # None where the address of an institution answered for a seat that nobody has.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    text = ContentField("treść")
    # The files of a mail that were not taken, and why.
    refused = ContentField("czego nie przyjęto", default="")
    # It waited for a decision: who decided, and why it was sent.
    let_in = ContentField("dlaczego wysłano", default="")
    # A hash of the Message-ID of the mail that brought it, so that it joins its thread once.
    mail_key = models.CharField(max_length=64, default="")
    sent_at = models.DateTimeField("wysłano", default=timezone.now)
    # The mail to every member was ready to be sent; before that a worker still writes some.
    queued_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["thread", "position"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "position"], name="message_position_once"),
            models.UniqueConstraint(
                fields=["thread", "mail_key"],
                condition=~Q(mail_key=""),
                name="message_mail_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread}, wiadomość {self.position}"

    @property
    def url(self) -> str:
        """Its thread's page."""
        return self.thread.url

    @property
    def team(self) -> Team:
        """The team to which it goes, and under whose key its text lies."""
        return self.thread.team

    @property
    def of(self) -> str:
        """The institution in whose name it is, or the Lider."""
        return str(self.organisation) if self.organisation_id else "Lider"

    @property
    def author(self) -> str:
        """Its writer, and the institution for which it was written."""
        return f"{self.person}, {self.of}" if self.person_id else self.of


class HeldReason(models.TextChoices):
    """The reasons for which an answer by mail does not join its thread by itself."""

    SENDER = "SENDER", "przyszła z adresu, którego nie znamy jako adresu tej osoby"
    ENDED = "ENDED", "osoba, do której należał adres odpowiedzi, nie ma już miejsca w zespole"
    CLOSED = "CLOSED", "korespondencja była już zamknięta"
    EMPTY = "EMPTY", "nie znaleźliśmy w niej nic poza cytatem"
    LONG = "LONG", "jest dłuższa, niż może być wiadomość"
    GUARD = "GUARD", "może zawierać dane osobowe"
    MANY = "MANY", "w ciągu doby przyszło z tego adresu za dużo odpowiedzi"


class HeldAnswer(TenantModel):
    """An answer that came by mail and waits for a decision of its author or the Lider."""

    PAGE = "dialogue:held"
    WORKFLOW = HELD
    INSTITUTION = "seat__organisation"

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="held")
    # Whose address for answers it came to.
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    sender = ContentField("z adresu")
    text = ContentField("treść")
    refused = ContentField("czego nie przyjęto", default="")
    reason = models.CharField(max_length=6, choices=HeldReason.choices)
    mail_key = models.CharField(max_length=64)
    received_at = models.DateTimeField("przyszła")
    state = models.CharField(max_length=9, choices=HeldState.choices, default=HeldState.WAITING)
    decision = ContentField("dlaczego", default="")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "mail_key"], name="held_answer_mail_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thread}, odpowiedź e-mailem"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.thread.team

    @property
    def can_join(self) -> bool:
        """It may still be sent to all."""
        is_ours = self.reason not in (HeldReason.ENDED, HeldReason.CLOSED)
        return is_ours and self.state == HeldState.WAITING and self.thread.is_open


class Attachment(TenantModel):
    """A file that goes with a message; it stays here, and mails lead to it."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments", null=True)
    held = models.ForeignKey(HeldAnswer, models.PROTECT, related_name="attachments", null=True)
    position = models.PositiveSmallIntegerField()
    # Here and not with the file, whose row stays when correspondence is deleted.
    name = ContentField("nazwa pliku")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False) | Q(held__isnull=False),
                name="attachment_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"załącznik {self.position}"

    @property
    def thread(self) -> Thread:
        """The thread that it belongs to."""
        of = self.message or self.held
        assert of is not None
        return of.thread

    @property
    def team(self) -> Team:
        """The team under whose key its name lies."""
        return self.thread.team


class Reading(TenantModel):
    """How far somebody has read a thread in the platform; opened mails are not known."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["thread", "-read_at"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thread}: {self.position}"


class Retention(TenantModel):
    """For how long the office keeps correspondence, since a day; without years, for ever."""

    APPEND_ONLY = True

    years = models.PositiveSmallIntegerField("przez ile lat", null=True)
    from_on = models.DateField("od dnia")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-from_on", "-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__gte=1, years__lte=50),
                name="retention_of_some_years",
            ),
        ]

    def __str__(self) -> str:
        return "czas przechowywania korespondencji"

    @classmethod
    def on(cls, day: date) -> "Retention | None":
        """The rule of a day; none before the office set one."""
        return cls.objects.filter(from_on__lte=day).select_related("person").first()
