"""Tables of what is said between meetings."""

from tenants.dialogue.models.disputes import (
    Dispute,
    DisputeParty,
    DisputeStep,
    Proposal,
    ProposalAnswer,
)
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.models.risks import Risk, RiskStep

__all__ = [
    "Dispute",
    "DisputeParty",
    "DisputeStep",
    "Notice",
    "Proposal",
    "ProposalAnswer",
    "Risk",
    "RiskStep",
]
