"""A request with the tenant it is for and the account that makes it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from kooperacja.tenancy.ref import TenantRef

if TYPE_CHECKING:
    from kooperacja.accounts.models import Account
    from kooperacja.audit.actor import Actor


class TenantRequest(HttpRequest):
    """A request to a page of a tenant, whose caller was admitted."""

    tenant: TenantRef
    account: "Account"
    access: tuple[Any, ...]  # rows of registry.Access of this account in this tenant
    person: Any  # the tenant's own row of whom the account belongs to; None on a public page
    actor: "Actor"
