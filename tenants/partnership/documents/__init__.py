"""Documents of the partnership, what they are made of and who may read them (REG §2.11)."""

from tenants.partnership.documents import templates  # noqa: F401  registers its kind
from tenants.partnership.documents.data_protection import (
    AGREEMENT_DRAFT,
    AUTHORISATION,
    SIGNED_AGREEMENT,
    SIGNED_AUTHORISATION,
    SIGNED_STATEMENT,
    agreement_context,
    issue_agreement_draft,
    issue_authorisation,
    made_of,
)
from tenants.partnership.documents.data_rules import (
    DATA_RULES,
    data_rules_context,
    printed_data_rules,
)
from tenants.partnership.documents.declaration import (
    ANNOTATED_DECLARATION,
    SIGNED_DECLARATION,
    annotated,
    declaration_context,
    issue_annotated,
    print_declaration,
)
from tenants.partnership.documents.register import (
    REGISTER,
    register_context,
    register_docx,
    register_pdf,
    register_title,
    register_xlsx,
)
from tenants.partnership.documents.regulation import (
    REGULATION,
    REGULATION_VOTE,
    SIGNED_REGULATION,
    issue_regulation,
    issued_regulation,
    regulation_context,
)
from tenants.partnership.documents.resignation import (
    PRINTS,
    SIGNED_RESIGNATION,
    printed_resignation,
)

__all__ = [
    "AGREEMENT_DRAFT",
    "ANNOTATED_DECLARATION",
    "AUTHORISATION",
    "DATA_RULES",
    "PRINTS",
    "REGISTER",
    "REGULATION",
    "REGULATION_VOTE",
    "SIGNED_AGREEMENT",
    "SIGNED_AUTHORISATION",
    "SIGNED_DECLARATION",
    "SIGNED_REGULATION",
    "SIGNED_RESIGNATION",
    "SIGNED_STATEMENT",
    "agreement_context",
    "annotated",
    "data_rules_context",
    "declaration_context",
    "issue_agreement_draft",
    "issue_annotated",
    "issue_authorisation",
    "issue_regulation",
    "issued_regulation",
    "made_of",
    "print_declaration",
    "printed_data_rules",
    "printed_resignation",
    "register_context",
    "register_docx",
    "register_pdf",
    "register_title",
    "register_xlsx",
    "regulation_context",
]
