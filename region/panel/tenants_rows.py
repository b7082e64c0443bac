"""The units of the region with the state of their tenants, as the rows of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from kooperacja.ui.polish import sort_key
from region.panel.board import NOT_OPENED, STATES
from tenants.registry import release
from tenants.registry.models import Tenant, Unit, UnitLevel
from tenants.registry.rules import MUNICIPAL_RODZ, is_city_county
from tenants.registry.workflow import TenantStatus

CITIES = "miasta na prawach powiatu"
BEHIND = "BEHIND"  # a filter like those of a state


@dataclass(frozen=True)
class Row:
    """One gmina, powiat or city with county rights that is or may be a tenant."""

    unit: Unit
    tenant: Tenant | None
    county: str
    is_behind: bool = False

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def name(self) -> str:
        return self.unit.name

    @property
    def is_county(self) -> bool:
        return self.unit.level == UnitLevel.COUNTY

    @property
    def kind(self) -> str:
        if self.is_county:
            return "powiat"
        if is_city_county(self.code):
            return "miasto na prawach powiatu"
        return MUNICIPAL_RODZ[self.unit.rodz]

    @property
    def title(self) -> str:
        """Its name with its kind, since names repeat."""
        if is_city_county(self.code):
            return f"{self.name}, {self.kind}"
        return f"{self.kind} {self.name}"

    @property
    def status(self) -> str:
        return self.tenant.status if self.tenant else NOT_OPENED

    @property
    def state(self) -> str:
        return STATES[self.status][0]

    @property
    def state_kind(self) -> str:
        return STATES[self.status][1]

    @property
    def is_new(self) -> bool:
        return self.tenant is None

    @property
    def is_opening(self) -> bool:
        return self.status == TenantStatus.OPENING

    @property
    def is_active(self) -> bool:
        return self.status == TenantStatus.ACTIVE

    @property
    def is_suspended(self) -> bool:
        return self.status == TenantStatus.SUSPENDED

    @property
    def is_closed(self) -> bool:
        return self.status == TenantStatus.CLOSED

    @property
    def href(self) -> str:
        return reverse("panel:tenant", args=[self.code])

    @property
    def administrator(self) -> str:
        """Who was invited as the administrator last."""
        if self.tenant is None or not self.tenant.admin_email:
            return "jeszcze niezaproszony"
        named = self.tenant.admin_name
        return f"{named}, {self.tenant.admin_email}" if named else self.tenant.admin_email

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


def _row(unit: Unit, counties: dict[str, str], fitting: set[str]) -> Row:
    county = CITIES if is_city_county(unit.code) else counties.get(unit.county_code, "")
    tenant = getattr(unit, "tenant", None)
    is_behind = tenant is not None and bool(tenant.ddl) and tenant.ddl not in fitting
    return Row(unit, tenant, county, is_behind)


def _counties(region: str) -> dict[str, str]:
    rows = Unit.objects.filter(code__startswith=region, level=UnitLevel.COUNTY)
    return dict(rows.values_list("code", "name"))


def load(region: str, codes: Iterable[str] | None = None) -> list[Row]:
    """The units asked for, or all, in Polish order."""
    units = _units(region) if codes is None else _units(region).filter(code__in=list(codes))
    counties, fitting = _counties(region), release.fitting()
    rows = (_row(unit, counties, fitting) for unit in units)
    return sorted(rows, key=lambda row: sort_key(row.name))


def find(region: str, code: str) -> Row | None:
    return next(iter(load(region, [code])), None)
