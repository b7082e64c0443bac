"""Who may take away the Word templates that the office gave."""

from kooperacja.documents.actions import OFFICE_TEMPLATE
from kooperacja.documents.models import StoredFile
from kooperacja.documents.perms import register
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import perms


def _may_read(request: TenantRequest, file: StoredFile) -> bool:
    from tenants.partnership.people import person_of

    return perms.replace_word_forms(person_of(request))


register(OFFICE_TEMPLATE, _may_read)
