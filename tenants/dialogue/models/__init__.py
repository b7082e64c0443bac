"""Tables of what is said between meetings."""

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
from tenants.dialogue.models.notes import Note, NoteParticipant, NoteSupplement, NoteTask
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.models.risks import Risk, RiskStep

__all__ = [
    "Attachment",
    "Contact",
    "ContactAddition",
    "Dispute",
    "DisputeParty",
    "DisputeStep",
    "HeldAnswer",
    "Message",
    "Note",
    "NoteParticipant",
    "NoteSupplement",
    "NoteTask",
    "Notice",
    "Proposal",
    "ProposalAnswer",
    "Reading",
    "Retention",
    "Risk",
    "RiskStep",
    "Thread",
]
