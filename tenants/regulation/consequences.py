"""The vote of a member who leaves (REG §9)."""

from datetime import date

from kooperacja.audit.actor import Actor
from tenants.partnership.consequences import Consequence
from tenants.partnership.models import Membership
from tenants.regulation.models import RegulationBallot
from tenants.regulation.workflow import RegulationState


def _unvoted(membership: Membership, day: date) -> list[str]:
    ballots = RegulationBallot.objects.filter(
        organisation=membership.organisation_id,
        regulation__state=RegulationState.VOTING,
        vote=None,
    )
    return [f"{ballot.regulation}: głosu nie oddano" for ballot in ballots]


def _leave_ballot(by: Actor, membership: Membership, day: date) -> None:
    """Nothing to write: the ballot stays in the count, and nobody is left who could cast it."""


BALLOT = Consequence(
    "Nieoddany głos nad zmianą regulaminu", "§ 9 regulaminu", _unvoted, _leave_ballot, order=70
)
