"""Activities of action plans, with their owners and partners (REG §2.10)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import number
from tenants.dialogue import rules
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.models.undertakings import Undertaking
from tenants.dialogue.rules import Period
from tenants.dialogue.workflow import PlanState, UndertakingState
from tenants.people.models import Organisation
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team


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

    def counting(self, day: date) -> Self:
        """Those of versions that were adopted and in force by a day, and not replaced until then."""
        later = Q(goal__plan__ended_on=None) | Q(goal__plan__ended_on__gt=day)
        states = [PlanState.ADOPTED, PlanState.REPLACED]
        return self.filter(later, goal__plan__state__in=states, goal__plan__in_force_from__lte=day)

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
