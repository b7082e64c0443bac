"""Places of work of an account: the region, offices, institutions that work in many tenants."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from kooperacja import offers
from kooperacja.accounts.models import Account
from tenants.registry.models import Access, Tenant
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
