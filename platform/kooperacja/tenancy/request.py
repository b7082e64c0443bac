"""A request with the tenant it is for and the account that makes it."""

from enum import Enum
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from kooperacja.tenancy.ref import TenantRef

if TYPE_CHECKING:
    from kooperacja.accounts.models import Account
    from kooperacja.audit.actor import Actor


class Admission(Enum):
    """The ground on which a caller was let in; a page says if it takes any but the first."""

    HOLDER = "a right to enter that runs"
    LEAVER = "a right that ended a short time ago: to read one's own papers, and nothing else"


class TenantRequest(HttpRequest):
    """A request to a page of a tenant, whose caller was admitted.

    A leaver has no access and is no person here, so that no permission of a person is theirs.
    """

    tenant: TenantRef
    account: "Account"
    admission: Admission
    leaver: Any  # who left and what of theirs they may read; None for whoever works here
    access: tuple[Any, ...]  # rows of registry.Access of this account in this tenant
    person: Any  # the tenant's own row of whom the account belongs to; None on a public page
    actor: "Actor"
