"""Activities are proposed by members, written into the plan or refused (REG §2.10)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once
from tenants.dialogue.actions.plan import require_draft
from tenants.dialogue.actions.plan_activities import added
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.notifications import ActivityAnswered, ActivityProposed
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.workflow import ActivityProposalState
from tenants.meetings.invited import runners_of
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.sides import chosen


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
    added(by, proposal.plan, key, partners, values)
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
