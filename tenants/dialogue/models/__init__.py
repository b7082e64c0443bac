"""Tables of what is said between meetings."""

from tenants.dialogue.models.activities import ActivityPartner, PlanActivity
from tenants.dialogue.models.contacts import Contact, ContactAddition
from tenants.dialogue.models.correspondence import (
    Attachment,
    HeldAnswer,
    Message,
    Reading,
    Retention,
    Thread,
)
from tenants.dialogue.models.disputes import (
    Dispute,
    DisputeParty,
    DisputeStep,
    Proposal,
    ProposalAnswer,
)
from tenants.dialogue.models.materials import Material, MaterialFile, MaterialTopic
from tenants.dialogue.models.notes import Note, NoteParticipant, NoteSupplement, NoteTask
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.models.risks import Risk, RiskStep
from tenants.dialogue.models.undertakings import ProgressNote, Undertaking

__all__ = [
    "ActionPlan",
    "ActivityPartner",
    "ActivityProposal",
    "Attachment",
    "Contact",
    "ContactAddition",
    "Dispute",
    "DisputeParty",
    "DisputeStep",
    "HeldAnswer",
    "Material",
    "MaterialFile",
    "MaterialTopic",
    "Message",
    "Note",
    "NoteParticipant",
    "NoteSupplement",
    "NoteTask",
    "Notice",
    "PlanActivity",
    "PlanGoal",
    "ProgressNote",
    "Proposal",
    "ProposalAnswer",
    "Reading",
    "Retention",
    "Risk",
    "RiskStep",
    "Thread",
    "Undertaking",
]
