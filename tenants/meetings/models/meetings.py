"""A meeting of a team and its agenda (REG §2)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import localtime, pl_date, pl_datetime
from tenants.meetings import subjects, times
from tenants.meetings.workflow import MEETING, MeetingState
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Team

if TYPE_CHECKING:
    from tenants.meetings.models.papers import ItemPaper


class MeetingMode(models.TextChoices):
    """Ways in which a team meets (REG §2.2)."""

    DIRECT = "DIRECT", "bezpośrednie"
    REMOTE = "REMOTE", "telekonferencja lub wideokonferencja"
    EMAIL = "EMAIL", "tura e-mailowa"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those that the person may read (tenants.meetings.perms.see_meeting)."""
        mine = teams.readable(person)
        theirs = [team for team in mine if not teams.run(person, team)]
        given_up = Q(state=MeetingState.CANCELLED, sequence=0)
        unknown = Q(state=MeetingState.PLANNED) | given_up
        rows = self.filter(team__in=mine).exclude(unknown, team__in=theirs)
        return rows.select_related("team")

    def took_place(self) -> Self:
        return self.filter(state__in=[MeetingState.HELD, MeetingState.CLOSED])

    def ahead(self, moment: datetime) -> Self:
        """Convened ones that are not over at a moment."""
        return self.filter(state=MeetingState.CONVENED, ends_at__gt=moment)


class Meeting(TenantModel):
    """A meeting of a team: prepared, convened, held, closed (REG §2.1-2.9).

    `starts_at` and `ends_at` are moments; by e-mail they are when it opens and closes.
    """

    PAGE, LIST_PAGE = "meetings:meeting", "meetings:meetings"
    WORKFLOW = MEETING

    team = models.ForeignKey(Team, models.PROTECT, related_name="meetings")
    state = models.CharField(
        max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    mode = models.CharField("forma", max_length=6, choices=MeetingMode.choices)
    starts_at = models.DateTimeField("początek")
    ends_at = models.DateTimeField("koniec")
    place = ContentField("miejsce", default="")
    place_reason = ContentField("powód innego miejsca", default="")
    link = ContentField("adres połączenia", default="")
    # Whose seat it is at, where the places rotate.
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    reason = ContentField("powód odwołania", default="")
    # Grows whenever the invited must hear of a change (RFC 5545).
    sequence = models.PositiveIntegerField(default=0)
    # Its place in the team's series of the year, given when it is held.
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    # One that took place outside the platform: why, and its paper.
    entered_reason = ContentField("dlaczego wpisano po czasie", default="")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            ),
            models.UniqueConstraint(fields=["team", "year", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[MeetingState.HELD, MeetingState.CLOSED],
                    number__isnull=False,
                    year__isnull=False,
                )
                | ~Q(state__in=[MeetingState.HELD, MeetingState.CLOSED])
                & Q(number__isnull=True, year__isnull=True),
                name="meeting_numbered_when_held",
            ),
        ]

    def __str__(self) -> str:
        if self.number:
            return f"Spotkanie nr {self.serial}, {pl_date(self.day)}"
        return f"Spotkanie, {pl_date(self.day)}"

    @property
    def serial(self) -> str:
        """Its number in the series of its team and year, 3/2026; empty before it is held."""
        return f"{self.number}/{self.year}" if self.number else ""

    @property
    def day(self) -> date:
        """The day on which it begins, where the unit is."""
        return localtime(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return localtime(self.ends_at).date()

    @property
    def when(self) -> str:
        """Its time in words."""
        if self.mode == MeetingMode.EMAIL:
            return f"od {pl_datetime(self.starts_at)} do {pl_datetime(self.ends_at)}"
        return times.in_words(self.starts_at, self.ends_at)

    def decided_on(self, today: date) -> date:
        """The day of what it decides: by e-mail that of its end."""
        return min(self.last_day, today) if self.mode == MeetingMode.EMAIL else self.day

    @property
    def is_announced(self) -> bool:
        """It was convened, or entered afterwards; calling off a convened one is a change of it."""
        if self.state == MeetingState.CANCELLED:
            return self.sequence > 0
        return self.state != MeetingState.PLANNED

    @property
    def is_ahead(self) -> bool:
        """Its time and place may still change."""
        return self.state in (MeetingState.PLANNED, MeetingState.CONVENED)

    @property
    def is_open(self) -> bool:
        """Its agenda may still change: what comes up while it is held is added."""
        return bool(MEETING.changes[MeetingState(self.state)])


class ItemKind(models.TextChoices):
    """The ways in which an item of an agenda is dealt with."""

    INFORMATION = "INFORMATION", "informacja"
    DISCUSSION = "DISCUSSION", "dyskusja"
    DECISION = "DECISION", "decyzja"


class Outcome(models.TextChoices):
    """How an item ended; each ends with exactly one."""

    DECIDED = "DECIDED", "podjęto decyzję"
    NOTED = "NOTED", "przyjęto do wiadomości"
    POSTPONED = "POSTPONED", "odłożono"
    PASSED_ON = "PASSED_ON", "przekazano innemu zespołowi"
    WITHDRAWN = "WITHDRAWN", "wycofano"


class AgendaItem(TenantModel):
    """An item of a meeting's agenda: its subject, time, presenter, and how it ended (REG §2.5)."""

    shown_papers: list["ItemPaper"]  # where they were asked for (tenants.meetings.attached)
    begins_at: datetime | None = None  # the same, as far as those before it say how long they take

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField("kolejność")
    title = ContentField("temat")
    text = ContentField("opis", default="")
    kind = models.CharField("rodzaj", max_length=11, choices=ItemKind.choices)
    minutes = models.PositiveSmallIntegerField("czas w minutach", null=True)
    presenter = ContentField("kto przedstawia", default="")
    # What it decides on, as the app that offers it calls it; that app hears the outcome.
    subject_kind = models.CharField(max_length=30, default="")
    subject = models.UUIDField(null=True)
    # The item of an earlier meeting that it goes on with.
    carries = models.ForeignKey("self", models.PROTECT, related_name="carried_by", null=True)
    outcome = models.CharField("wynik", max_length=9, choices=Outcome.choices, default="")
    outcome_text = ContentField("ustalenie", default="")
    # The team to which the matter was passed; its outcome there is that of the item carrying it.
    passed_to = models.ForeignKey(Team, models.PROTECT, related_name="+", null=True, db_index=False)
    # The item by which a matter that was passed on ended in the other team.
    result = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, db_index=False)
    version = models.PositiveIntegerField(default=0)
    result_said: str  # where it was put (tenants.meetings.returned)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting}, punkt {self.position}"  # its title may be a closed team's

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.meeting.team

    @property
    def subject_url(self) -> str:
        """The page of the matter that it is about; empty where it has none."""
        return subjects.url_of(self)

    @property
    def about(self) -> str:
        """How it is dealt with, how long it takes and who presents it, in words."""
        said = [self.get_kind_display().capitalize()]
        said += [f"godz. {localtime(self.begins_at):%H:%M}"] if self.begins_at else []
        said += [f"{self.minutes} min"] if self.minutes else []
        said += [f"przedstawia: {self.presenter}"] if self.presenter else []
        return ", ".join(said)

    @property
    def keeps_papers(self) -> bool:
        """A file was put to it and not to one that it goes on with (`shown_papers`)."""
        return any(paper.item_id == self.pk for paper in self.shown_papers)

    @property
    def has_ended(self) -> bool:
        """It has an outcome; information gets it by itself when the meeting is closed."""
        return bool(self.outcome) or self.kind == ItemKind.INFORMATION
