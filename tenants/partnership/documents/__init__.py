"""Documents of the partnership, what they are made of and who may read them (REG §2.11)."""

from tenants.partnership.documents import templates  # noqa: F401  registers its kind
from tenants.partnership.documents.declaration import (
    ANNOTATED_DECLARATION,
    SIGNED_DECLARATION,
    annotated,
    declaration_context,
    issue_annotated,
)
from tenants.partnership.documents.regulation import (
    REGULATION,
    SIGNED_REGULATION,
    issue_regulation,
    issued_regulation,
    regulation_context,
)

__all__ = [
    "ANNOTATED_DECLARATION",
    "REGULATION",
    "SIGNED_DECLARATION",
    "SIGNED_REGULATION",
    "annotated",
    "declaration_context",
    "issue_annotated",
    "issue_regulation",
    "issued_regulation",
    "regulation_context",
]
