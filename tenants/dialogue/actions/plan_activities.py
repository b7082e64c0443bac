"""Activities of an action plan are written, and proposed by members (REG §2.10)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in, save_edited
from tenants.dialogue.actions.plan import draft, number, swap
from tenants.dialogue.models.activities import ActivityPartner, PlanActivity
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.models.undertakings import Undertaking
from tenants.dialogue.rules import Period
from tenants.teams.models import Seat, Team


@transaction.atomic
def add_activity(
    *, by: Actor, plan_id: UUID, key: UUID, partners: Iterable[UUID], values: dict[str, Any]
) -> PlanActivity:
    """Add an activity at the end of its goal."""
    return added(by, draft(by, plan_id), key, partners, values)


def added(
    by: Actor, plan: ActionPlan, key: UUID, partners: Iterable[UUID], values: dict[str, Any]
) -> PlanActivity:
    goal = _goal(plan, values.pop("goal_id"))
    _require_fitting(by, plan, values, partners)
    if known := PlanActivity.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    activity = PlanActivity(
        id=key,
        goal=goal,
        position=next_in(goal.activities, "position"),
        undertaking=Undertaking.objects.create(team=plan.team),
        **values,
    )
    insert_once(activity)
    _set_partners(activity, partners)
    record(by=by, verb="PLAN_ACTIVITY_ADDED", obj=plan)
    return activity


@transaction.atomic
def edit_activity(
    *,
    by: Actor,
    activity_id: UUID,
    version: int,
    partners: Iterable[UUID],
    values: dict[str, Any],
) -> PlanActivity:
    """Change what an activity says; under another goal it comes last."""
    activity = locked_activity(by, activity_id)
    plan, wanted = activity.plan, set(partners)
    goal = _goal(plan, values["goal_id"])
    _require_fitting(by, plan, values, wanted)
    had = set(activity.partners.values_list("organisation", flat=True))
    was = activity.goal
    if goal.pk != was.pk:
        activity.position = next_in(goal.activities, "position")
    changed = _saved(activity, version, values, partners_changed=had != wanted)
    _set_partners(activity, wanted)
    if goal.pk != was.pk:
        activity.save(update_fields=["position"])
        number(was.activities)
    record(by=by, verb="PLAN_ACTIVITY_EDITED", obj=plan, data={"fields": changed})
    return activity


def _saved(
    activity: PlanActivity, version: int, values: dict[str, Any], *, partners_changed: bool
) -> list[str]:
    """Write the values; partners alone are a change too."""
    try:
        changed = sorted(save_edited(activity, version, values))
    except AlreadySaved:
        if not partners_changed:
            raise
        if activity.version != version:
            raise StaleForm(activity) from None
        activity.version += 1
        activity.save(update_fields=["version"])
        changed = []
    return [*changed, "partners"] if partners_changed else changed


@transaction.atomic
def remove_activity(*, by: Actor, activity_id: UUID, version: int) -> ActionPlan:
    """Take an activity out of a draft; versions that have it keep it, with its progress."""
    activity = locked_activity(by, activity_id)
    if activity.version != version:
        raise StaleForm(activity)
    plan, goal, undertaking = activity.plan, activity.goal, activity.undertaking
    activity.partners.all().delete()
    activity.delete()
    if not undertaking.activities.exists():
        undertaking.delete()
    number(goal.activities)
    record(by=by, verb="PLAN_ACTIVITY_REMOVED", obj=plan)
    return plan


@transaction.atomic
def move_activity(*, by: Actor, activity_id: UUID, earlier: bool) -> ActionPlan:
    """Let an activity change places with its neighbour under the same goal."""
    activity = locked_activity(by, activity_id)
    if swap(activity.goal.activities, activity, earlier=earlier):
        data = {"fields": ["position"]}
        record(by=by, verb="PLAN_ACTIVITY_EDITED", obj=activity.plan, data=data)
    return activity.plan


def locked_activity(by: Actor, activity_id: UUID) -> PlanActivity:
    """An activity of a plan whose text may still change."""
    rows = PlanActivity.objects.select_related("goal", "undertaking")
    of = rows.values_list("goal__plan", flat=True).get(pk=activity_id)
    plan = draft(by, of)
    activity = rows.get(pk=activity_id, goal__plan=plan)
    activity.goal.plan = plan
    return activity


def _goal(plan: ActionPlan, goal_id: UUID) -> PlanGoal:
    goal: PlanGoal | None = plan.goals.filter(pk=goal_id).first()
    if goal is None:
        raise ValidationError({"goal_id": "Tego celu nie ma już w planie. Wybierz inny."})
    return goal


def _require_fitting(
    by: Actor, plan: ActionPlan, values: dict[str, Any], partners: Iterable[UUID]
) -> None:
    """Its term lies in the plan's period; whoever does it and helps belongs to the team."""
    if not plan.period.contains(Period(values["from_on"], values["until_on"])):
        raise ValidationError({"until_on": f"Termin wychodzi poza okres planu: {plan.days}"})
    members = members_of(plan.team, by.today)
    owner = values["organisation_id"]
    if owner and owner not in members:
        raise ValidationError({"owner": "Ta instytucja nie należy już do zespołu. Wybierz inną."})
    if not set(partners) <= members:
        raise ValidationError({"partners": "Wybierz instytucje, które należą do zespołu."})


def members_of(team: Team, day: date) -> set[UUID]:
    """Institutions that have a seat in a team on a day."""
    seats = Seat.objects.on(day).filter(team=team).exclude(organisation=None)
    return set(seats.order_by().values_list("organisation", flat=True))


def _set_partners(activity: PlanActivity, partners: Iterable[UUID]) -> None:
    wanted = set(partners)
    activity.partners.exclude(organisation__in=wanted).delete()
    had = set(activity.partners.values_list("organisation", flat=True))
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=activity, organisation_id=pk) for pk in sorted(wanted - had)
    )
