"""The action plan of a team in its versions, with goals and activities (REG §2.10)."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Value, When
from django.db.models.functions import Now
from uuid6 import uuid7

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import number, pl_date
from tenants.dialogue import rules
from tenants.dialogue.models.undertakings import Undertaking
from tenants.dialogue.rules import Period
from tenants.dialogue.workflow import PLAN, ActivityProposalState, PlanState, UndertakingState
from tenants.meetings import awaiting
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team

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
    # The item of an agenda on which the team decides on it, or decided last.
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+", null=True)
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
        return f"Plan działania na okres {self.span}{self._version}"

    @property
    def span(self) -> str:
        """Its period in words."""
        return span_of(self.period)

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
    """2026 rok; od 1 marca 2026 r. do 31 maja 2026 r."""
    first, last = period.first, period.last
    is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if is_year and first.year == last.year:
        return f"{first.year} roku"
    if is_year:
        return f"lat {first.year}–{last.year}"
    return f"od {pl_date(first)} do {pl_date(last)}"


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


class ActivityQuerySet(models.QuerySet["PlanActivity"]):
    """Activities of plans."""

    def whole(self, day: date) -> Self:
        """With whatever pages say of them, their partners too."""
        return self.owned(day).prefetch_related("partners__organisation")

    def owned(self, day: date) -> Self:
        """With their plan and team, and `has_owner`: the owner still sits in the team."""
        seats = Seat.objects.on(day).filter(
            team=OuterRef("goal__plan__team"), organisation=OuterRef("organisation")
        )
        owned = Case(
            When(organisation=None, then=Value(True)),
            default=Exists(seats),
            output_field=models.BooleanField(),
        )
        rows = self.select_related("goal__plan__team", "organisation", "undertaking__team")
        return rows.annotate(has_owner=owned)

    def current(self, day: date) -> Self:
        """Those that count on a day: of adopted plans begun, unless a later one goes on with it."""
        later = PlanActivity.objects.filter(
            undertaking=OuterRef("undertaking"),
            goal__plan__state=PlanState.ADOPTED,
            goal__plan__in_force_from__lte=day,
            goal__plan__from_on__gt=OuterRef("goal__plan__from_on"),
        )
        rows = self.filter(goal__plan__state=PlanState.ADOPTED, goal__plan__in_force_from__lte=day)
        return rows.exclude(Exists(later))

    def unfinished(self) -> Self:
        states = [UndertakingState.NOT_BEGUN, UndertakingState.UNDER_WAY]
        return self.filter(undertaking__state__in=states)


class PlanActivity(TenantModel):
    """An activity of a plan; without an institution the Lider does it."""

    PAGE = "dialogue:activity"
    INSTITUTION = "organisation"
    # What a draft copied from a version takes over.
    COPIED = (
        *("position", "text", "organisation_id", "partners_text", "from_on", "until_on"),
        *("resources", "cost_bearer", "cost", "indicator", "unit", "target"),
    )

    has_owner: bool  # where it was asked for (`owned`)

    goal = models.ForeignKey(PlanGoal, models.PROTECT, related_name="activities")
    # The same in all versions and in the plan that goes on with it: its progress hangs there.
    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    text = ContentField("co zostanie zrobione")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    partners_text = ContentField("partnerzy spoza zespołu", default="")
    from_on = models.DateField("termin od")
    until_on = models.DateField("termin do")
    resources = ContentField("zasoby", default="")
    cost_bearer = ContentField("kto ponosi koszt", default="")
    cost = models.PositiveIntegerField("szacowany koszt w zł", null=True)
    indicator = ContentField("wskaźnik", default="")
    unit = ContentField("jednostka", default="")
    target = models.PositiveIntegerField("wartość docelowa", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="activity_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"Działanie {self.serial}"

    @property
    def serial(self) -> str:
        """Its number in the plan: that of its goal and its own, 2.3."""
        return f"{self.goal.position}.{self.position}"

    @property
    def plan(self) -> ActionPlan:
        return self.goal.plan

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.goal.plan.team

    @property
    def term(self) -> Period:
        return Period(self.from_on, self.until_on)

    @property
    def owner(self) -> str:
        """Whoever does it, in words."""
        return str(self.organisation) if self.organisation_id else "Lider"

    @property
    def partner_names(self) -> str:
        """All who take part in it, in one line."""
        names = [str(one.organisation) for one in self.partners.all()]
        return ", ".join([*names, *([self.partners_text] if self.partners_text else [])])

    @property
    def cost_said(self) -> str:
        """The estimate and who bears it, in words."""
        amount = f"{number(self.cost)} zł" if self.cost is not None else ""
        return ", ".join(filter(None, (amount, self.cost_bearer)))

    @property
    def target_said(self) -> str:
        """The value that the indicator is to reach, in words."""
        if self.target is None:
            return ""
        return f"{number(self.target)} {self.unit}".rstrip()

    @property
    def measure(self) -> str:
        """The indicator with what it is to reach, in words."""
        return ": ".join(filter(None, (self.indicator, self.target_said)))

    def is_late(self, day: date) -> bool:
        """It was not over by its term; one that was given up is not late."""
        done = self.undertaking
        if done.state == UndertakingState.GIVEN_UP:
            return False
        return rules.is_late(self.until_on, done.ended_on, day)

    def values(self) -> dict[str, Any]:
        """Its wording, for a copy; texts are opened."""
        return {name: getattr(self, name) for name in self.COPIED}


class ActivityPartner(TenantModel):
    """A member institution that takes part in an activity."""

    INSTITUTION = "organisation"

    activity = models.ForeignKey(PlanActivity, models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="activity_partner_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.organisation}"
