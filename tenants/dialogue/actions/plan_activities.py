"""Activities of an action plan are written, and proposed by members (REG §2.10)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in, save_edited
from tenants.dialogue.actions.plan import draft, number, require_draft, swap
from tenants.dialogue.models.plan import ActionPlan, ActivityPartner, PlanActivity, PlanGoal
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.models.undertakings import Undertaking
from tenants.dialogue.notifications import ActivityAnswered, ActivityProposed
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.rules import Period
from tenants.dialogue.workflow import ActivityProposalState
from tenants.meetings.invited import runners_of
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat, Team
from tenants.teams.sides import chosen


@transaction.atomic
def add_activity(
    *, by: Actor, plan_id: UUID, key: UUID, partners: Iterable[UUID], values: dict[str, Any]
) -> PlanActivity:
    """Add an activity at the end of its goal."""
    return _added(by, draft(by, plan_id), key, partners, values)


def _added(
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
        raise ValidationError({"until_on": f"Termin wychodzi poza okres planu: {plan.span}."})
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


@transaction.atomic
def propose_activity(
    *, by: Actor, plan_id: UUID, key: UUID, of: str, values: dict[str, Any]
) -> ActivityProposal:
    """Propose an activity in the name of an institution; whoever runs the team is told."""
    rows = ActionPlan.objects.select_related("team")
    plan: ActionPlan = lock_in_team(rows, plan_id)
    person = Person.objects.acting(by)
    perms.propose_activity.require(person, plan)
    require_draft(plan)
    assert person is not None  # nobody else may propose
    proposal = ActivityProposal(id=key, plan=plan, person=person, proposed_on=by.today, **values)
    side = chosen(of, perms.proposes_for(person, plan))
    assert side is not None  # the Lider is none of them
    proposal.organisation_id = side
    insert_once(proposal)
    record(by=by, verb="ACTIVITY_PROPOSED", obj=proposal)
    message = ActivityProposed(proposal.pk, who=str(proposal.organisation))
    send(message, to=runners_of(plan.team, by), dedupe=f"activity-proposed:{proposal.pk}")
    return proposal


@transaction.atomic
def accept_proposal(
    *,
    by: Actor,
    proposal_id: UUID,
    version: int,
    key: UUID,
    partners: Iterable[UUID],
    values: dict[str, Any],
) -> ActivityProposal:
    """Write a proposal into the plan, as whoever runs the team words it."""
    proposal = _answered(by, proposal_id, version, ActivityProposalState.ACCEPTED)
    _added(by, proposal.plan, key, partners, values)
    _end(by, proposal, ActivityProposalState.ACCEPTED)
    return proposal


@transaction.atomic
def refuse_proposal(*, by: Actor, proposal_id: UUID, version: int, reason: str) -> ActivityProposal:
    """Say why a proposal does not come into the plan."""
    proposal = _answered(by, proposal_id, version, ActivityProposalState.REFUSED)
    _end(by, proposal, ActivityProposalState.REFUSED, answer=reason)
    return proposal


@transaction.atomic
def withdraw_proposal(*, by: Actor, proposal_id: UUID, version: int) -> ActivityProposal:
    """Take back what one's institution proposed."""
    proposal = _locked_proposal(proposal_id)
    perms.withdraw_proposal.require(Person.objects.acting(by), proposal)
    require_may(proposal, ActivityProposalState.WITHDRAWN, by)
    if proposal.version != version:
        raise StaleForm(proposal)
    move(proposal, ActivityProposalState.WITHDRAWN, by=by, on=by.today, answered_on=by.today)
    return proposal


def _locked_proposal(proposal_id: UUID) -> ActivityProposal:
    rows = ActivityProposal.objects.select_related("plan__team", "organisation", "person")
    proposal: ActivityProposal = lock_in_team(rows, proposal_id, team="plan__team")
    return proposal


def require_answering(proposal: ActivityProposal, to: ActivityProposalState) -> None:
    """It waits, and its plan may still change."""
    require_may(proposal, to)
    require_draft(proposal.plan)


def _answered(
    by: Actor, proposal_id: UUID, version: int, to: ActivityProposalState
) -> ActivityProposal:
    proposal = _locked_proposal(proposal_id)
    perms.answer_proposal.require(Person.objects.acting(by), proposal)
    require_answering(proposal, to)
    if proposal.version != version:
        raise StaleForm(proposal)
    return proposal


def _end(by: Actor, proposal: ActivityProposal, to: ActivityProposalState, **values: Any) -> None:
    move(proposal, to, by=by, on=by.today, answered_on=by.today, **values)
    said = proposal.get_state_display()
    message = ActivityAnswered(proposal.pk, said=said)
    send(message, to=recipients([proposal.person]), dedupe=f"proposal-answered:{proposal.pk}")
