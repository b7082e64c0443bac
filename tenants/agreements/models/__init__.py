"""Tables of agreements."""

from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.comments import ClauseComment, CommentReply
from tenants.agreements.models.departures import Departure, Ending, Renaming
from tenants.agreements.models.parties import ContactPerson, Party
from tenants.agreements.models.signatures import Refusal, Signature
from tenants.agreements.models.texts import Addition, TextVersion

__all__ = [
    "Addition",
    "Agreement",
    "ClauseComment",
    "CommentReply",
    "ContactPerson",
    "Departure",
    "Ending",
    "Party",
    "Refusal",
    "Renaming",
    "Signature",
    "TextVersion",
]
