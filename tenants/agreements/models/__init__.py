"""Tables of agreements."""

from tenants.agreements.models.accessions import Accession
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.amendments import AmendedClause, Amendment, AmendmentSide
from tenants.agreements.models.annexes import AnnexVersion, PublicConsent
from tenants.agreements.models.comments import ClauseComment, CommentReply
from tenants.agreements.models.copies import CopyHandover
from tenants.agreements.models.departures import Departure, Ending, Renaming
from tenants.agreements.models.numbers import AgreementNumber, NumberRule, NumberYear
from tenants.agreements.models.parties import ContactPerson, Party
from tenants.agreements.models.publicity import Publicity
from tenants.agreements.models.signatures import Refusal, Signature
from tenants.agreements.models.texts import Addition, TextVersion

__all__ = [
    "Accession",
    "Addition",
    "Agreement",
    "AgreementNumber",
    "AmendedClause",
    "Amendment",
    "AmendmentSide",
    "AnnexVersion",
    "ClauseComment",
    "CommentReply",
    "ContactPerson",
    "CopyHandover",
    "Departure",
    "Ending",
    "NumberRule",
    "NumberYear",
    "Party",
    "PublicConsent",
    "Publicity",
    "Refusal",
    "Renaming",
    "Signature",
    "TextVersion",
]
