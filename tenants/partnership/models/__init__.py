"""Tables of the partnership, one module a noun."""

from tenants.partnership.models.accessibility import AccessibilityStatement, Conformity
from tenants.partnership.models.accession import (
    AccessionDeclaration,
    DeclarationStep,
    Membership,
    Partnership,
    PartnershipCoordinator,
    RegulationVersion,
)
from tenants.partnership.models.people import (
    PARTNER_ROLES,
    Organisation,
    Person,
    Post,
    RoleAssignment,
    Sector,
)

__all__ = [
    "PARTNER_ROLES",
    "AccessibilityStatement",
    "AccessionDeclaration",
    "Conformity",
    "DeclarationStep",
    "Membership",
    "Organisation",
    "Partnership",
    "PartnershipCoordinator",
    "Person",
    "Post",
    "RegulationVersion",
    "RoleAssignment",
    "Sector",
]
