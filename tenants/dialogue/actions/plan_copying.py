"""An adopted plan is copied: to be changed, or for the next period (REG §2.10)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import Taken, insert_once
from tenants.dialogue.actions.plan import locked
from tenants.dialogue.actions.plan_activities import members_of
from tenants.dialogue.models.activities import ActivityPartner, PlanActivity
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.rules import Period, carried


def require_adopted(plan: ActionPlan) -> None:
    if not plan.is_adopted:
        raise Problem(
            "Tego planu nie można skopiować",
            f"Stan: {plan.get_state_display()}. Kopiuje się plan przyjęty, w jego ostatniej wersji.",
            clause="§ 2 ust. 10 regulaminu",
            kept=NOTHING_SAVED,
            at=plan,
        )


def require_changing(plan: ActionPlan) -> None:
    """It is adopted, and no other version of it is prepared."""
    require_adopted(plan)
    if other := drafted(plan):
        raise Problem(
            "Nowa wersja tego planu jest już przygotowywana",
            f"Stan: {other.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=other,
            action="Otwórz ją",
        )


def drafted(plan: ActionPlan) -> ActionPlan | None:
    """The version of the same plan that is not adopted yet."""
    return ActionPlan.objects.open().filter(series=plan.series).select_related("team").first()


def require_next(plan: ActionPlan) -> None:
    """It is adopted, and no plan that goes on from it is prepared."""
    require_adopted(plan)
    if other := prepared_next(plan):
        raise Problem(
            "Plan na następny okres jest już przygotowywany",
            f"{other}. Stan: {other.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=other,
            action="Otwórz go",
        )


def prepared_next(plan: ActionPlan) -> ActionPlan | None:
    """The plan that goes on from this one and is not adopted yet."""
    rows = ActionPlan.objects.open().filter(follows=plan).select_related("team")
    return rows.order_by("from_on", "pk").first()


@transaction.atomic
def amend(*, by: Actor, plan_id: UUID, key: UUID) -> ActionPlan:
    """Begin a new version of an adopted plan: a copy of all that stands in it."""
    plan = locked(by, plan_id)
    new = ActionPlan(
        id=key,
        team=plan.team,
        series=plan.series,
        amends=plan,
        follows=plan.follows,
        from_on=plan.from_on,
        until_on=plan.until_on,
        about=plan.about,
    )
    _insert(plan, new)
    for goal, activities in _goals_of(plan):
        copy = _goal(new, goal, goal.position)
        for activity in activities:
            _activity(copy, activity, activity.values(), _partners(activity))
    record(by=by, verb="PLAN_VERSION_BEGUN", obj=new)
    return new


def _insert(plan: ActionPlan, new: ActionPlan) -> None:
    """Insert it once; a second version in preparation is refused with the way to the first."""
    if not ActionPlan.objects.filter(pk=new.pk).exists():
        require_changing(plan)
    try:
        insert_once(new)
    except Taken:
        require_changing(plan)
        raise


@transaction.atomic
def begin_next(*, by: Actor, plan_id: UUID, key: UUID, from_on: date, until_on: date) -> ActionPlan:
    """Begin the plan of another period with what is unfinished; what was done stays here."""
    plan = locked(by, plan_id)
    if not ActionPlan.objects.filter(pk=key).exists():
        require_next(plan)
    period = Period(from_on, until_on)
    if period.overlaps(plan.period):
        raise ValidationError({"from_on": f"Plan na {plan.span} obejmuje część tego okresu."})
    new = ActionPlan(id=key, team=plan.team, follows=plan, from_on=from_on, until_on=until_on)
    insert_once(new)
    members = members_of(plan.team, by.today)
    position = 0
    for goal, every in _goals_of(plan):
        unfinished = [one for one in every if not one.undertaking.has_ended]
        if every and not unfinished:
            continue
        position += 1
        copy = _goal(new, goal, position)
        for place, activity in enumerate(unfinished, start=1):
            term = carried(activity.term, period)
            values = activity.values() | {
                "position": place,
                "from_on": term.first,
                "until_on": term.last,
            }
            _activity(copy, activity, values, _partners(activity) & members)
    record(by=by, verb="PLAN_COPIED", obj=new)
    return new


def _goals_of(plan: ActionPlan) -> Iterable[tuple[PlanGoal, list[PlanActivity]]]:
    """Its goals with their activities."""
    for goal in plan.goals.all():
        yield goal, list(goal.activities.select_related("undertaking"))


def _partners(activity: PlanActivity) -> set[UUID]:
    return set(activity.partners.values_list("organisation", flat=True))


def _goal(plan: ActionPlan, goal: PlanGoal, position: int) -> PlanGoal:
    return PlanGoal.objects.create(
        plan=plan, series=goal.series, position=position, title=goal.title, text=goal.text
    )


def _activity(
    goal: PlanGoal, of: PlanActivity, values: dict[str, Any], partners: set[UUID]
) -> None:
    copy = PlanActivity.objects.create(goal=goal, undertaking=of.undertaking, **values)
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=copy, organisation_id=pk) for pk in sorted(partners)
    )
