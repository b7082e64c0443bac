"""Arrangements of meetings: what is to be done, by whom and by when (REG §2; POR §2.3.3)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.subjects import source_of
from tenants.meetings.workflow import ARRANGEMENT, ArrangementState
from tenants.people.models import Organisation, Person
from tenants.people.perms import spoken_organisations
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    """Arrangements of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those of the teams whose content the person may read (tenants.teams.perms.read)."""
        return self.filter(team__in=teams.readable(person))

    def whole(self, day: date) -> Self:
        """With whatever their pages say, and `has_owner`: whoever owns it still sits in the team."""
        seats = Seat.objects.on(day).filter(team=OuterRef("team"))
        same = {
            "person": seats.filter(person=OuterRef("person")),
            "organisation": seats.filter(organisation=OuterRef("organisation")),
        }
        of_both = same["person"].filter(organisation=OuterRef("organisation"))
        owned = Case(
            When(person=None, organisation=None, then=Value(True)),
            When(person=None, then=Exists(same["organisation"])),
            When(organisation=None, then=Exists(same["person"].filter(organisation=None))),
            default=Exists(of_both),
            output_field=models.BooleanField(),
        )
        rows = self.select_related("team", "meeting", "organisation", "person")
        return rows.annotate(has_owner=owned)

    def open(self) -> Self:
        return self.filter(state=ArrangementState.OPEN)

    def with_own(self, person: Person) -> Self:
        """Each with `may_be_own`: the person's, of an institution voiced, or the chair's (`whole`)."""
        own = Q(person__in=person.entries)
        of_institution = Q(person=None, organisation__in=spoken_organisations(person))
        of_chair = Q(person=None, organisation=None) | Q(has_owner=False)
        return self.annotate(may_be_own=own | of_institution | of_chair)

    def earlier_than(self, meeting: Meeting) -> Self:
        """Those that earlier meetings made, and those made between meetings until its day."""
        between = Q(meeting=None, made_on__lte=meeting.day)
        earlier = Q(meeting__starts_at__lt=meeting.starts_at)
        return self.filter(earlier | between, team=meeting.team_id)

    def to_check_at(self, meeting: Meeting) -> Self:
        """The open ones of its team from before it: they stand on its agenda until closed."""
        earlier = self.earlier_than(meeting)
        return earlier.open().exclude(skips__meeting=meeting).order_by("due_on", "pk")


class Arrangement(TenantModel):
    """A task that a meeting gave to an institution or a person; it is closed and never deleted.

    Without a meeting it was made between meetings, by the `source` that an app above names.
    Without an institution it is the Lider's, or of all in common, and the Lider sees to it. Where
    its owner's seat ended it waits for the chair.
    """

    PAGE, LIST_PAGE = "meetings:arrangement", "meetings:arrangements"
    WORKFLOW = ARRANGEMENT
    has_owner: bool  # where it was asked for (`whole`)
    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="arrangements")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="arrangements", null=True)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="arrangements", null=True)
    # What made it where no meeting did, as its app calls it (`SourceOfArrangement`).
    source_kind = models.CharField(max_length=30, default="", db_default="")
    source = models.UUIDField(null=True)
    # Its place in the team's series of the year in which it was made.
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField("numer")
    made_on = models.DateField("z dnia")
    text = ContentField("treść")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    due_on = models.DateField("termin")
    state = models.CharField(
        max_length=9, choices=ArrangementState.choices, default=ArrangementState.OPEN
    )
    closed_on = models.DateField("zamknięto", null=True)
    reason = ContentField("powód", default="")
    # The one that goes on with it, of another owner.
    passed_to = models.OneToOneField("self", models.PROTECT, related_name="passed_from", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "year", "number"], name="arrangement_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_on__isnull=True)
                | ~Q(state="OPEN") & Q(closed_on__isnull=False),
                name="arrangement_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="PASSED_ON", passed_to__isnull=False)
                | ~Q(state="PASSED_ON") & Q(passed_to__isnull=True),
                name="arrangement_passed_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Ustalenie nr {self.serial}"  # its text may be a closed team's

    @property
    def serial(self) -> str:
        """Its number in the series of its team and year, 3/2026."""
        return f"{self.number}/{self.year}"

    @property
    def owner(self) -> str:
        """Whoever does it, in words."""
        of = str(self.organisation) if self.organisation_id else "Lider"
        if self.person_id:
            return f"{of}: {self.person}"
        source = None if self.organisation_id else source_of(self.source_kind)
        return source.common if source else of

    @property
    def source_label(self) -> str:
        """The kind of matter that made it, in words."""
        offer = source_of(self.source_kind)
        return offer.label if offer else ""

    @property
    def source_url(self) -> str:
        """The page of the matter that made it."""
        offer = source_of(self.source_kind)
        return reverse(offer.page, args=[self.source]) if offer else ""

    @property
    def is_chairs(self) -> bool:
        """The Lider's own, or without an owner: whoever runs the team sees to it (`whole`)."""
        is_leads = self.person_id is None and self.organisation_id is None
        return is_leads or not self.has_owner

    @property
    def shown_owner(self) -> str:
        """The same, where its seat still stands (`whole`)."""
        if self.is_open and not self.has_owner:
            return "bez wykonawcy"
        return self.owner

    @property
    def is_open(self) -> bool:
        return self.state == ArrangementState.OPEN

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.due_on < day

    def state_on(self, day: date) -> str:
        """Its state as of a day, in words."""
        if self.closed_on is None or self.closed_on > day:
            return f"do wykonania do {pl_date(self.due_on)}"
        label = self.get_state_display()
        if self.passed_to:
            label = f"{label} (nr {self.passed_to.serial})"
        return f"{label} {pl_date(self.closed_on)}"


class ArrangementSkip(TenantModel):
    """An open arrangement that one meeting leaves out; on the next agenda it stands again."""

    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="skips")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="skips")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "meeting"], name="skipped_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.arrangement}"
