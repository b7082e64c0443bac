"""Who of this tenant's people makes a request."""

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import perms
from tenants.partnership.actions.people import enter
from tenants.partnership.models import Person
from tenants.registry.roles import OFFICE_ROLES


def person_of(request: TenantRequest) -> Person:
    """The person whose account is signed in; on first entry the two are tied together."""
    known: Person | None = getattr(request, "_person", None)
    if known is None:
        known = Person.objects.filter(account_id=request.account.pk).first()
        if known is None or _lacks_role(known, request):
            known = enter(by=actor(request), account=request.account, access=request.access)
        request._person = known  # type: ignore[attr-defined]
    return known


def _lacks_role(person: Person, request: TenantRequest) -> bool:
    """The region granted an office role that the tenant doesn't know of yet."""
    return any(
        row.person_id is None and row.role in OFFICE_ROLES and not perms.holds(person, {row.role})
        for row in request.access
    )
