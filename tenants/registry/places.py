"""Places of work of an account: the region, offices, institutions that work in many tenants."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from kooperacja import offers
from kooperacja.accounts.models import Account
from kooperacja.tenancy.urls import tenant_reverse
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import LEAVING_ROLES
from tenants.registry.workflow import TenantStatus


@dataclass(frozen=True, slots=True)
class AccountPart(offers.Offer):
    """A section of "Moje sprawy" that an app adds, of what the account has in its units."""

    template: str
    find: Callable[[HttpRequest], dict[str, Any]]


def parts_of(request: HttpRequest) -> list[str]:
    """The drawn sections, by their order."""
    parts = offers.of(AccountPart)
    return [render_to_string(part.template, part.find(request), request) for part in parts]


@dataclass
class Place:
    """A tenant with the roles that one holds there for one institution."""

    tenant: Tenant
    roles: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.tenant.status == TenantStatus.ACTIVE


@dataclass
class Employer:
    """An institution, recognised by its number in any tenant; no name: the Lider's office."""

    name: str
    places: dict[object, Place] = field(default_factory=dict)


@dataclass
class Work:
    """All that one account may enter."""

    region: list[str] = field(default_factory=list)
    employers: dict[Hashable, Employer] = field(default_factory=dict)


ENDED_SHOWN = timedelta(days=settings.ENDED_PLACES_DAYS)


def ended_lately(account: Account, tenant_id: UUID | None = None) -> list[Access]:
    """Rights to enter a tenant that ended a short time ago, each with its reason, newest first."""
    rows = Access.objects.filter(account=account, ended_at__gt=timezone.now() - ENDED_SHOWN)
    if tenant_id is not None:
        rows = rows.filter(tenant=tenant_id)
    return list(rows.exclude(tenant=None).select_related("tenant__unit").order_by("-ended_at"))


def left_lately(tenant_id: UUID) -> list[Access]:
    """Rights in a unit that ended a short time ago and let whoever had them read their own papers."""
    rows = Access.objects.filter(tenant=tenant_id, ended_at__gt=timezone.now() - ENDED_SHOWN)
    rows = rows.filter(role__in=LEAVING_ROLES).exclude(organisation_id=None)
    held = Access.objects.filter(tenant=tenant_id, ended_at=None).values("account")
    return list(rows.exclude(account__in=held).order_by("-ended_at"))


OWN_PAPERS = "own_papers"  # the name of the page on which they are read


@dataclass(frozen=True, slots=True)
class Ended:
    """A right to enter a unit that ended, and the way to one's own papers there, if there is one."""

    access: Access
    papers: str = ""

    @property
    def until(self) -> datetime:
        return view_until(self.access)


def view_until(access: Access) -> datetime:
    """The moment up to which one's own papers are open after a right has ended."""
    assert access.ended_at is not None
    return access.ended_at + ENDED_SHOWN


def opens_papers(access: Access) -> bool:
    """An ended right of whoever acted for an institution, or applied for one."""
    return access.role in LEAVING_ROLES and access.organisation_id is not None


def ended_of(account: Account) -> list[Ended]:
    """Places that ended, as an account is told of them; where it still works, nothing else is open."""
    rows = ended_lately(account)
    held = {row.tenant_id for row in held_by(account)} if rows else set()
    ended = []
    for row in rows:
        assert row.tenant is not None
        is_open = row.tenant.status == TenantStatus.ACTIVE and row.tenant_id not in held
        leads = is_open and opens_papers(row)
        ended.append(Ended(row, tenant_reverse(row.tenant.ref, OWN_PAPERS) if leads else ""))
    return ended


def held_by(account: Account) -> list[Access]:
    rows = Access.objects.filter(account=account, ended_at=None).select_related("tenant__unit")
    return list(rows.order_by("tenant__unit__code", "role"))


def work_of(account: Account) -> Work:
    """One query; an institution goes by the name that its newest role brought."""
    rows = held_by(account)
    names = {
        _employer(row): row.organisation_name for row in sorted(rows, key=attrgetter("granted_at"))
    }
    work = Work()
    for row in rows:
        if row.tenant is None:
            work.region.append(row.get_role_display())
            continue
        key = _employer(row)
        employer = work.employers.setdefault(key, Employer(names[key]))
        place = employer.places.setdefault(row.tenant_id, Place(row.tenant))
        place.roles.append(row.get_role_display())
    return work


def _employer(row: Access) -> Hashable:
    """Its number; without one nobody knows whether institutions of two tenants are the same."""
    return row.organisation_number or (row.tenant_id, row.organisation_name)
