"""The changes allowed between the states of a version of the regulation (REG §9)."""

from kooperacja.workflow import Change, Table
from tenants.partnership.workflow import RegulationState

_VOTED = "§ 9 regulaminu"
_WITHDRAWN = Change(_VOTED, "AMENDMENT_WITHDRAWN")
REGULATION = Table(
    RegulationState,
    {
        RegulationState.DRAFT: {
            RegulationState.VOTING: Change(_VOTED, "VOTING_OPENED"),
            # The first version alone: there is nobody yet who could vote.
            RegulationState.ADOPTED: Change("§ 1 ust. 1 regulaminu", "REGULATION_ADOPTED"),
            RegulationState.WITHDRAWN: _WITHDRAWN,
        },
        RegulationState.VOTING: {
            RegulationState.ADOPTED: Change(_VOTED, "REGULATION_ADOPTED"),
            RegulationState.REJECTED: Change(_VOTED, "AMENDMENT_REJECTED"),
            RegulationState.WITHDRAWN: _WITHDRAWN,
        },
        RegulationState.ADOPTED: {},
        RegulationState.REJECTED: {},
        RegulationState.WITHDRAWN: {},
    },
)
OPEN_REGULATIONS = REGULATION.open
