"""Who may take away the Word forms that the office gave (REG §2.11)."""

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import perms


def may_read(request: TenantRequest, file: StoredFile) -> bool:
    return perms.replace_word_forms(request.person)
