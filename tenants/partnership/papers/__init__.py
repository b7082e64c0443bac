"""Papers of the partnership, and who may read the files that it keeps (REG §2.11)."""

from kooperacja.documents import perms as files
from kooperacja.documents.actions import OFFICE_TEMPLATE
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import offer
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import perms
from tenants.partnership.papers import (
    agreement,
    authorisation,
    data_rules,
    declaration,
    register,
    regulation,
    resignation,
)


def _may_read_form(request: TenantRequest, file: StoredFile) -> bool:
    """The Word forms that the office gave (REG §2.11)."""
    return perms.replace_word_forms(request.person)


PAPERS = (
    authorisation.AUTHORISATION,
    agreement.AGREEMENT_DRAFT,
    data_rules.DATA_RULES,
    declaration.ANNOTATED_DECLARATION,
    register.REGISTER,
    regulation.REGULATION,
    resignation.RESIGNATION,
)
# What people hand in, and who may read it.
KEPT: dict[str, files.MayRead] = {
    declaration.SIGNED_DECLARATION: declaration.may_read_signed,
    resignation.SIGNED_RESIGNATION: resignation.may_read_signed,
    regulation.SIGNED_REGULATION: regulation.may_read_signed,
    regulation.REGULATION_VOTE: regulation.may_read_vote,
    agreement.SIGNED_AGREEMENT: agreement.may_read_signed,
    authorisation.SIGNED_AUTHORISATION: authorisation.may_read_signed,
    authorisation.SIGNED_STATEMENT: authorisation.may_read_statement,
    OFFICE_TEMPLATE: _may_read_form,
}
for paper in PAPERS:
    offer(paper)
for kind, may_read in KEPT.items():
    files.register(kind, may_read)
