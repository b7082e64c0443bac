"""The units that an agreement of this tenant may name, as the register calls them today (POR §1.1)."""

from typing import Any

from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.polish import polish_order
from tenants.registry.contacts import published
from tenants.registry.models import Unit
from tenants.registry.rules import TenantKind, UnitLevel

Named = dict[str, str]  # code and name, as an agreement keeps a unit


def gminas() -> list[Named]:
    """The gminas of this powiat, or of the powiat in which this gmina lies; a city is alone."""
    tenant = current_tenant()
    if tenant.kind == TenantKind.CITY:
        return [{"code": tenant.code, "name": tenant.name}]
    units = Unit.objects.filter(
        level=UnitLevel.MUNICIPALITY, code__startswith=tenant.code[:4], is_gone=False
    )
    return [
        {"code": unit.code, "name": unit.label}
        for unit in units.order_by(polish_order("name"), "code")
    ]


def of_today() -> dict[str, Any]:
    """The values that the register gives: the gmina, the powiat, the voivodeship and its ROPS."""
    tenant, region = current_tenant(), published()
    county = Unit.objects.filter(level=UnitLevel.COUNTY, code=tenant.code[:4]).first()
    return {
        "units": [one for one in gminas() if one["code"] == tenant.code],
        "county": county.label if county else tenant.name,  # a city is one itself
        "voivodeship": region.name if region else "",
        "rops": region.rops_name if region else "",
    }
