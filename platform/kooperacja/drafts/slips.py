"""The slip that a form carries: whose it is, of which page, and which of its fields may be kept.

It is signed with the site's key, so nothing is kept but for an account that was shown this form.
"""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.core import signing
from django.http import HttpRequest

from kooperacja.accounts.models import Account
from kooperacja.drafts.rules import LONGEST_PATH, TYPED, names_of

FIELD = "szkic"
_SALT = "kooperacja.drafts"


@dataclass(frozen=True, slots=True)
class Slip:
    """The right of a form to keep some fields, for one account."""

    account_id: UUID
    tenant_id: UUID | None
    path: str  # in the tenant, if there is one
    names: tuple[str, ...]

    def signed(self) -> str:
        tenant = str(self.tenant_id or "")
        values = [str(self.account_id), tenant, self.path, *self.names]
        return signing.dumps(values, salt=_SALT, compress=True)


def read(request: HttpRequest) -> Slip | None:
    """The slip that came with a form, if it is one of ours and of the place it was sent to."""
    try:
        account, tenant, path, *names = signing.loads(
            request.POST.get(FIELD, ""), salt=_SALT, max_age=TYPED
        )
    except signing.BadSignature:
        return None
    slip = Slip(UUID(account), UUID(tenant) if tenant else None, path, tuple(names))
    return slip if slip.tenant_id == tenant_id(request) else None


def of_form(request: HttpRequest, form: forms.BaseForm) -> Slip | None:
    """The slip for a form that is about to be shown; none for a stranger, or if nothing is typed.

    Nor on a page that does not say who may open it: nobody could ask it later.
    """
    match, path = request.resolver_match, path_of(request)
    if match is None or not hasattr(match.func, "opens") or len(path) > LONGEST_PATH:
        return None
    account, names = request.user, names_of(form)
    if not isinstance(account, Account) or not names:
        return None
    return Slip(account.pk, tenant_id(request), path, names)


def tenant_id(request: HttpRequest) -> UUID | None:
    tenant = getattr(request, "tenant", None)
    return tenant.id if tenant is not None else None


def path_of(request: HttpRequest) -> str:
    """The address of a page without its tenant's beginning, which may change."""
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path_info}?{query}" if query else request.path_info
