"""The action plan of a team in its versions, with goals and activities (REG §2.10)."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Now
from uuid6 import uuid7

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.dialogue.rules import Period
from tenants.dialogue.workflow import PLAN, ActivityProposalState, PlanState
from tenants.meetings import awaiting
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Team

MATTER = "plan"  # the kind of the subject of an item of an agenda


_ADOPTED = [PlanState.ADOPTED, PlanState.REPLACED]


class PlanQuerySet(models.QuerySet["ActionPlan"]):
    """Action plans of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those of the teams whose content the person may read (tenants.teams.perms.read)."""
        return self.filter(team__in=teams.readable(person)).select_related("team")

    def adopted(self) -> Self:
        """The newest version of each that was adopted: the one that counts."""
        return self.filter(state=PlanState.ADOPTED)

    def in_force(self, day: date) -> Self:
        """Versions in force on a day, whatever followed them."""
        days = Q(in_force_from__lte=day, until_on__gte=day)
        later = Q(ended_on=None) | Q(ended_on__gt=day)
        return self.filter(days, later, state__in=_ADOPTED)

    def waiting(self) -> Self:
        """Those that count or are prepared, with `is_placed`, `proposed` and `proposed_since`."""
        asked = Q(proposals__state=ActivityProposalState.WAITING)
        rows = self.filter(state__in=[PlanState.DRAFT, PlanState.PROPOSED, PlanState.ADOPTED])
        return (
            rows.defer("about", "reason")
            .order_by("-from_on", "pk")
            .annotate(
                is_placed=Exists(awaiting.standing(MATTER, OuterRef("pk"))),
                proposed=Count("proposals", filter=asked),
                proposed_since=Min("proposals__proposed_on", filter=asked),
            )
        )

    def open(self) -> Self:
        """Those in preparation or before the team."""
        return self.filter(state__in=[PlanState.DRAFT, PlanState.PROPOSED])


class ActionPlan(TenantModel):
    """A version of a team's plan for a period; once adopted nobody changes it any more."""

    PAGE, LIST_PAGE = "dialogue:plan", "dialogue:plans"
    WORKFLOW = PLAN

    # Where they were asked for (`waiting`).
    is_placed: bool
    proposed: int
    proposed_since: date

    team = models.ForeignKey(Team, models.PROTECT, related_name="plans")
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    # The same in all versions of one plan, which are numbered as they are adopted.
    series = models.UUIDField(default=uuid7)
    number = models.PositiveSmallIntegerField("wersja", null=True)
    amends = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    # The plan of the period before, from which it was copied.
    follows = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    from_on = models.DateField("okres od")
    until_on = models.DateField("okres do")
    about = ContentField("wprowadzenie", default="")
    # The item of an agenda on which the team decides on it, or decided last; it may be taken off.
    item = models.ForeignKey(AgendaItem, models.SET_NULL, related_name="+", null=True)
    adopted_on = models.DateField("przyjęto", null=True)
    in_force_from = models.DateField("obowiązuje od", null=True)
    ended_on = models.DateField("zastąpiono", null=True)
    # One that was adopted outside the platform: at which meeting, and its paper.
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    reason = ContentField("powód porzucenia", default="")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="plan_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=_ADOPTED,
                    number__isnull=False,
                    adopted_on__isnull=False,
                    in_force_from__isnull=False,
                )
                | ~Q(state__in=_ADOPTED)
                & Q(number__isnull=True, adopted_on__isnull=True, in_force_from__isnull=True),
                name="plan_adopted_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.REPLACED, ended_on__isnull=False)
                | ~Q(state=PlanState.REPLACED) & Q(ended_on__isnull=True),
                name="plan_replaced_on_a_day",
            ),
            models.UniqueConstraint(fields=["series", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.PROPOSED]),
                name="plan_drafted_once",
            ),
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(state=PlanState.ADOPTED),
                name="plan_adopted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan działania na {self.span}{self._version}"

    @property
    def span(self) -> str:
        """Its period in words."""
        return span_of(self.period)

    @property
    def days(self) -> str:
        """Its first and last day in words."""
        return f"od {pl_date(self.from_on)} do {pl_date(self.until_on)}"

    @property
    def _version(self) -> str:
        if self.number is None:
            return ""
        return f" (wersja {self.number})" if self.number > 1 else ""

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)

    @property
    def is_draft(self) -> bool:
        """Its text may still change."""
        return self.state == PlanState.DRAFT

    @property
    def is_open(self) -> bool:
        """It is not adopted yet and may be."""
        return self.state in (PlanState.DRAFT, PlanState.PROPOSED)

    @property
    def is_adopted(self) -> bool:
        return self.state == PlanState.ADOPTED

    @property
    def last_in_force(self) -> date | None:
        """The last day on which this version is in force; none where it never was."""
        if self.in_force_from is None:
            return None
        ends = self.ended_on - timedelta(days=1) if self.ended_on else self.until_on
        last = min(ends, self.until_on)
        return last if last >= self.in_force_from else None

    def is_in_force(self, day: date) -> bool:
        last = self.last_in_force
        return (
            last is not None
            and self.in_force_from is not None
            and self.in_force_from <= day <= last
        )


def span_of(period: Period) -> str:
    """2026 rok; okres od 1 marca 2026 r. do 31 maja 2026 r."""
    first, last = period.first, period.last
    is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if is_year and first.year == last.year:
        return f"{first.year} rok"
    if is_year:
        return f"lata {first.year}–{last.year}"
    return f"okres od {pl_date(first)} do {pl_date(last)}"


class PlanGoal(TenantModel):
    """A goal of a plan, under which its activities stand."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="goals")
    # The same in all versions, so that they can be compared.
    series = models.UUIDField(default=uuid7)
    position = models.PositiveSmallIntegerField()
    title = ContentField("cel")
    text = ContentField("opis", default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}, cel {self.position}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.plan.team
