"""The states of a version of the regulation and the changes allowed between them (REG §9)."""

from django.db import models

from kooperacja.workflow import Change, Table


class RegulationState(models.TextChoices):
    """The states of a version of the regulation (REG §9)."""

    DRAFT = "DRAFT", "projekt"
    VOTING = "VOTING", "głosowanie trwa"
    ADOPTED = "ADOPTED", "przyjęta"
    REJECTED = "REJECTED", "odrzucona"
    WITHDRAWN = "WITHDRAWN", "wycofana"


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
