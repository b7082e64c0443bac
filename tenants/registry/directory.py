"""The tenants and the accesses to them; asked by the tenancy middleware."""

import time
from dataclasses import replace
from uuid import UUID

from django.db import connections, router
from django.http import HttpRequest, HttpResponse

from kooperacja.accounts.models import Account
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.errors import plain_answer
from kooperacja.ui.problems import Problem
from tenants.registry import admission, contacts, release
from tenants.registry.models import Access, Tenant, Unit
from tenants.registry.region import Region
from tenants.registry.roles import MFA_ROLES, Role
from tenants.registry.rules import TenantKind

# A tenant's name and place change a few times a year; whether it is open is asked at every
# admission, so a process may remember the rest for this many seconds.
REMEMBER_SECONDS = 5.0
_known: dict[tuple[str, str], tuple[float, TenantRef | None]] = {}


def find(slug: str) -> TenantRef | None:
    return _lookup("tenant.slug", slug)


def find_by_code(code: str) -> TenantRef | None:
    return _lookup("unit.code", code)


def find_by_id(tenant_id: UUID) -> TenantRef | None:
    return _lookup("tenant.id", str(tenant_id))


def find_now(tenant_id: UUID) -> TenantRef | None:
    """The same, as it is at this moment."""
    return _found("tenant.id", str(tenant_id))


def open_tenants() -> list[TenantRef]:
    """The tenants in which people may work now."""
    tenants = Tenant.objects.select_related("unit").filter(status="ACTIVE")
    return [tenant.ref for tenant in tenants if not release.is_behind(tenant.ddl)]


def built_tenants() -> list[TenantRef]:
    """The tenants that have a schema, whether anybody may work in them or not."""
    return [t.ref for t in Tenant.objects.select_related("unit").exclude(opened_at=None)]


def tenant_ids_of(account: Account) -> set[UUID]:
    """Tenants in which an account holds access."""
    held = Access.objects.filter(account=account, ended_at=None, tenant__isnull=False)
    return set(held.values_list("tenant_id", flat=True))


def region() -> Region | None:
    """The region whom units ask, with the telephone and the address of its ROPS."""
    return contacts.published()


def role_labels() -> dict[str, str]:
    """The names of roles by their codes."""
    return {str(code): str(label) for code, label in Role.choices}


def forget() -> None:
    """After a change of a tenant in this process."""
    _known.clear()


def _lookup(field: str, value: str) -> TenantRef | None:
    key = (field, value)
    remembered = _known.get(key)
    if remembered and time.monotonic() - remembered[0] < REMEMBER_SECONDS:
        return remembered[1]
    ref = _found(field, value)
    if len(_known) > 10_000:  # names that do not exist must not fill the memory
        _known.clear()
    _known[key] = (time.monotonic(), ref)
    return ref


# Asked by whoever comes to a tenant first after a while, so it is written out as at its door.
_FIND = """
SELECT tenant.id, tenant.kind, tenant.slug, tenant.schema_name, tenant.role_name, tenant.status,
    tenant.ddl, unit.code, unit.level, unit.name, unit.rodz, county.name
FROM registry_tenant tenant JOIN registry_unit unit ON unit.id = tenant.unit_id
LEFT JOIN registry_unit county ON county.level = 'COUNTY' AND county.code = left(unit.code, 4)
WHERE {} = %s
"""


def _found(field: str, value: str) -> TenantRef | None:
    with connections[router.db_for_read(Tenant)].cursor() as cursor:
        cursor.execute(_FIND.format(field), [value])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, kind, slug, schema, role, status, version, code, level, name, rodz, county = row
    tenant = Tenant(
        id=pk,
        unit=Unit(code=code, level=level, name=name, rodz=rodz),
        kind=kind,
        slug=slug,
        schema_name=schema,
        role_name=role,
        status=status,
    )
    tenant.county_name = county if county and kind == TenantKind.GMINA else ""
    return replace(tenant.ref, is_behind=bool(version) and release.is_behind(version))


def demands_second_factor(account_id: UUID) -> bool:
    """A role of this account may not be used without a second factor."""
    held = Access.objects.filter(account_id=account_id, ended_at=None)
    return held.filter(role__in=MFA_ROLES).exists()


def maintenance(request: HttpRequest, tenant: TenantRef) -> HttpResponse:
    """The answer of a tenant whose schema this release can't work on yet; the others work."""
    problem = Problem(
        f"{tenant.name}: trwa aktualizacja",
        "Dostosowujemy dane tej jednostki do nowej wersji platformy. Zwykle trwa to kilka minut; "
        "pozostałe jednostki pracują bez przerwy.",
        status=503,
        kept="Wszystkie dane są zachowane. To, co wysłano przed chwilą, nie zostało przyjęte.",
    )
    return plain_answer(request, problem)


def admit(request: HttpRequest, *, takes_leavers: bool) -> HttpResponse | None:
    """Let an account that holds access into a tenant; a response, if it may not enter."""
    return admission.admit(request, takes_leavers=takes_leavers)
