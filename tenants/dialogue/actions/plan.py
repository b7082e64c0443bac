"""An action plan is drafted: its period and its goals (REG §2.10)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once, next_in, save_edited
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.rules import Period
from tenants.dialogue.workflow import PlanState
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team

_ROWS = ActionPlan.objects.select_related("team")


@transaction.atomic
def begin_plan(*, by: Actor, team_id: UUID, key: UUID, values: dict[str, Any]) -> ActionPlan:
    """Begin a plan of a team for a period."""
    team = Team.objects.select_for_update().get(pk=team_id)
    perms.begin_plan.require(Person.objects.acting(by), team)
    plan = ActionPlan(id=key, team=team, **values)
    insert_once(plan)
    record(by=by, verb="PLAN_BEGUN", obj=plan)
    return plan


def locked(by: Actor, plan_id: UUID) -> ActionPlan:
    """A plan, after everybody who changes something of its team, for whoever runs that."""
    plan: ActionPlan = lock_in_team(_ROWS, plan_id)
    perms.write_plan.require(Person.objects.acting(by), plan)
    return plan


def require_draft(plan: ActionPlan) -> None:
    """Its text may still change."""
    if plan.is_draft:
        return
    how = {
        PlanState.PROPOSED: "Najpierw wycofaj go do przygotowania: zespół ma przyjąć to, co czyta.",
        PlanState.ADOPTED: "Żeby go zmienić, przygotuj nową wersję; przyjmie ją zespół.",
    }
    raise Problem(
        "Tego planu nie można teraz zmienić",
        f"Stan: {plan.get_state_display()}. {how.get(PlanState(plan.state), '')}".rstrip(),
        clause="§ 2 ust. 10 regulaminu",
        kept=NOTHING_SAVED,
        at=plan,
    )


def draft(by: Actor, plan_id: UUID) -> ActionPlan:
    """A locked plan whose text may still change."""
    plan = locked(by, plan_id)
    require_draft(plan)
    return plan


@transaction.atomic
def edit_plan(*, by: Actor, plan_id: UUID, version: int, values: dict[str, Any]) -> ActionPlan:
    """Change its period and what is said before the goals; activities lie in the period."""
    plan = draft(by, plan_id)
    require_room(plan, Period(values["from_on"], values["until_on"]))
    changed = save_edited(plan, version, values)
    record(by=by, verb="PLAN_EDITED", obj=plan, data={"fields": sorted(changed)})
    return plan


def require_room(plan: ActionPlan, period: Period) -> None:
    """Every activity lies within the period."""
    rows = PlanActivity.objects.filter(goal__plan=plan).select_related("goal__plan__team")
    for activity in rows.order_by("goal__position", "position", "pk"):
        if not period.contains(activity.term):
            words = f"{activity} wychodzi poza ten okres. Najpierw zmień jego termin."
            raise ValidationError({"until_on": words})


@transaction.atomic
def drop_plan(*, by: Actor, plan_id: UUID, version: int, reason: str) -> ActionPlan:
    """Give a draft up; it stays, with the reason."""
    plan = locked(by, plan_id)
    require_may(plan, PlanState.DROPPED, by)
    if plan.version != version:
        raise StaleForm(plan)
    move(plan, PlanState.DROPPED, by=by, on=by.today, reason=reason)
    return plan


@transaction.atomic
def add_goal(*, by: Actor, plan_id: UUID, key: UUID, values: dict[str, Any]) -> PlanGoal:
    """Add a goal at the end."""
    plan = draft(by, plan_id)
    goal = PlanGoal(id=key, plan=plan, position=next_in(plan.goals, "position"), **values)
    insert_once(goal)
    record(by=by, verb="PLAN_GOAL_ADDED", obj=plan)
    return goal


@transaction.atomic
def edit_goal(*, by: Actor, goal_id: UUID, version: int, values: dict[str, Any]) -> PlanGoal:
    """Change what a goal says."""
    goal = locked_goal(by, goal_id)
    changed = save_edited(goal, version, values)
    record(by=by, verb="PLAN_GOAL_EDITED", obj=goal.plan, data={"fields": sorted(changed)})
    return goal


@transaction.atomic
def remove_goal(*, by: Actor, goal_id: UUID, version: int) -> ActionPlan:
    """Take a goal without activities out, as its reader saw it."""
    goal = locked_goal(by, goal_id)
    require_empty(goal)
    if goal.version != version:
        raise StaleForm(goal)
    plan = goal.plan
    goal.delete()
    number(plan.goals)
    record(by=by, verb="PLAN_GOAL_REMOVED", obj=plan)
    return plan


def require_empty(goal: PlanGoal) -> None:
    """Nothing stands under it, so that no activity goes unseen."""
    require_draft(goal.plan)
    if goal.activities.exists():
        raise Problem(
            "Pod tym celem są działania",
            "Najpierw usuń te działania albo przenieś je pod inny cel.",
            kept=NOTHING_SAVED,
            at=goal.plan,
        )


@transaction.atomic
def move_goal(*, by: Actor, goal_id: UUID, earlier: bool) -> ActionPlan:
    """Let a goal change places with the one before or after it; at an end it stays."""
    goal = locked_goal(by, goal_id)
    if swap(goal.plan.goals, goal, earlier=earlier):
        record(by=by, verb="PLAN_GOAL_EDITED", obj=goal.plan, data={"fields": ["position"]})
    return goal.plan


def locked_goal(by: Actor, goal_id: UUID) -> PlanGoal:
    """A goal of a plan whose text may still change."""
    of = PlanGoal.objects.values_list("plan_id", flat=True).get(pk=goal_id)
    plan = draft(by, of)
    return plan.goals.get(pk=goal_id)


def swap(rows: Any, row: Any, *, earlier: bool) -> bool:
    """Let a row change places with its neighbour; tell if it has one there."""
    every = list(rows.all())
    here = every.index(row)
    there = here - 1 if earlier else here + 1
    if not 0 <= there < len(every):
        return False
    every[here], every[there] = every[there], every[here]
    number(rows, every)
    return True


def number(rows: Any, every: list[Any] | None = None) -> None:
    """Let positions run from one, in this order."""
    for position, row in enumerate(every if every is not None else rows.all(), start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def last_period(team: Team) -> Period | None:
    """The latest period that an adopted plan of a team has."""
    last = ActionPlan.objects.adopted().filter(team=team).aggregate(last=Max("until_on"))["last"]
    plan = ActionPlan.objects.adopted().filter(team=team, until_on=last).first() if last else None
    return plan.period if plan else None
