"""Types of services that were added, for tests; made by the actions themselves."""

from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.baskets.actions import own_types
from tenants.baskets.models.own_types import OwnType
from tenants.region_types import actions
from tenants.region_types.models import RegionType
from tenants.registry.roles import Role
from tests.factories import accounts


def said(**values: Any) -> dict[str, Any]:
    """What may be said of a type."""
    return {
        "name": "pasieka społeczna",
        "area": "srodowisko",
        "broader": "",
        "about": "Wspólna opieka nad ulami i nauka pszczelarstwa.",
        "synonyms": "klub pszczelarza\nule sąsiedzkie",
        "everyday": "miodobranie",
        **values,
    }


def coordinator() -> Actor:
    return accounts.acting(accounts.member(None, Role.ROPS_COORDINATOR))


def of_region(by: Actor | None = None, **values: Any) -> RegionType:
    """A type that the ROPS added."""
    return actions.add(by=by or coordinator(), key=uuid7(), values=said(**values))


def ended(row: RegionType, why: str = "") -> RegionType:
    return actions.end(by=coordinator(), type_id=row.pk, why=why)


def own(by: Actor, **values: Any) -> OwnType:
    """A type that the Lider added for the unit one is in."""
    said_of_own = said(name="kuligi dla seniorów", synonyms="sanna", everyday="konie", **values)
    return own_types.add(by=by, key=uuid7(), values=said_of_own)
