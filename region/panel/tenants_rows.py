"""The units of the region with the state of their tenants, as the rows of a list."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kooperacja.ui.polish import sort_key
from region.monitoring.catalogue import key_days
from region.panel.known import Contact, contacts_of, known_of
from region.panel.rules import (
    NOT_OPENED,
    Concern,
    Known,
    concerns,
    detail_of,
    stage_of,
)
from region.panel.units import UnitNow, kind_here
from tenants.registry import release
from tenants.registry.models import Tenant, Unit
from tenants.registry.roles import Role
from tenants.registry.rules import UnitLevel, is_city_county

CITIES = "miasta na prawach powiatu"
BEHIND = "BEHIND"  # a filter like those of a state


@dataclass(frozen=True)
class UnitTenant(UnitNow):
    """A unit with its tenant, if it has one, as a row of the list."""

    unit: Unit
    tenant: Tenant | None
    is_behind: bool
    known: Known = field(default_factory=Known, kw_only=True, compare=False)
    contact: Contact | None = field(default=None, kw_only=True)

    @property
    def href(self) -> str:
        return reverse("panel:tenant", args=[self.code])

    @property
    def people_href(self) -> str:
        return reverse("panel:tenant_people", args=[self.code])

    @property
    def administrator(self) -> str:
        """The person who was invited as the administrator last, or ""."""
        if self.tenant is None or not self.tenant.admin_email:
            return ""
        named = self.tenant.admin_name
        return f"{named}, {self.tenant.admin_email}" if named else self.tenant.admin_email

    @property
    def lead(self) -> str:
        """The name of the Lider, else of an administrator, who is called so; or ""."""
        if self.contact is None:
            return ""
        is_lead = self.contact.role == Role.LEAD
        return self.contact.name if is_lead else f"{self.contact.name} ({self.contact.role_name})"

    @property
    def concerns(self) -> list[Concern]:
        return concerns(self.known, timezone.localdate())

    @property
    def key_days(self) -> list[tuple[str, date]]:
        """The days of its partnership that it published, each under its title."""
        days = self.known.days
        return [(one.title, days[one.code]) for one in key_days() if one.code in days]

    @property
    def prefix(self) -> str:
        """The address of the tenant's own pages."""
        return f"{self.tenant.ref.prefix}/" if self.tenant else ""


def _units(region: str) -> QuerySet[Unit]:
    return Unit.objects.filter(
        Q(is_gone=False) | Q(tenant__isnull=False),
        code__startswith=region,
        level__in=[UnitLevel.MUNICIPALITY, UnitLevel.COUNTY],
    ).select_related("tenant")


def _row(unit: Unit, counties: dict[str, str], fitting: set[str]) -> UnitTenant:
    county = CITIES if is_city_county(unit.code) else counties.get(unit.county_code, "")
    tenant = getattr(unit, "tenant", None)
    is_behind = tenant is not None and bool(tenant.ddl) and tenant.ddl not in fitting
    return UnitTenant(
        code=unit.code,
        name=unit.name,
        kind=kind_here(unit.code, unit.level, unit.rodz),
        county=county,
        state_code=tenant.status if tenant else NOT_OPENED,
        unit=unit,
        tenant=tenant,
        is_behind=is_behind,
    )


def _counties(region: str) -> dict[str, str]:
    rows = Unit.objects.filter(code__startswith=region, level=UnitLevel.COUNTY)
    return dict(rows.values_list("code", "name"))


def load(region: str, codes: Iterable[str] | None = None) -> list[UnitTenant]:
    """The units asked for, or all, in Polish order."""
    units = _units(region)
    if codes is not None:
        # The database refuses to compare with some texts, such as a NUL.
        units = units.filter(code__in=[code for code in codes if code.isdigit()])
    counties, fitting = _counties(region), release.fitting()
    rows = (_row(unit, counties, fitting) for unit in units)
    return sorted(rows, key=lambda row: sort_key(row.name))


def find(region: str, code: str) -> UnitTenant | None:
    return next(iter(load(region, [code])), None)


def with_stages(units: Iterable[UnitTenant], tenant: Tenant | None = None) -> list[UnitTenant]:
    """The same rows with all that is known of them; six queries for any number."""
    known, today = known_of(tenant.pk if tenant else None), timezone.localdate()
    contacts = contacts_of(known.keys())
    return [_with_stage(unit, known, contacts, today) for unit in units]


def _with_stage(
    unit: UnitTenant, every: dict[UUID, Known], contacts: dict[UUID, Contact], today: date
) -> UnitTenant:
    if unit.tenant is None:
        return unit
    known = every[unit.tenant.pk]
    return replace(
        unit,
        known=known,
        stage=stage_of(known, today),
        detail=detail_of(known, today),
        contact=contacts.get(unit.tenant.pk),
    )
