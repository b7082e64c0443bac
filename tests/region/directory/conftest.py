"""A gmina whose basket is listed in the region's directory, and a service that several units took over."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import adopting
from tenants.baskets.models.services import Service
from tenants.masters.models import MasterService
from tenants.people.models import Organisation
from tenants.services.visibility import Visibility
from tests.factories import accounts
from tests.factories import baskets as make
from tests.factories import masters as make_masters
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried

OPEN = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC)
AT = "/katalog/"
PARTNERS = dict.fromkeys(OPEN, Visibility.REGION)


@dataclass
class Basket:
    """A unit with a kooperant and the Lider's worker who takes services in."""

    unit: TenantRef
    by: Actor
    kooperant: Organisation

    def takes(self, **values: object) -> Service:
        """A service of the kooperant is in the basket, and the outbox was carried."""
        with inside(self.unit):
            service = make.accepted(self.by, self.kooperant, **values)
        self.settled()
        return service

    def settled(self) -> None:
        carried(self.unit)


@pytest.fixture
def basket(gmina: TenantRef) -> Basket:
    with inside(gmina):
        make_partnership.found(gmina)
        by = make_people.by(make_people.lead())
        kooperant = make_people.organisation(name="Poradnia Zmyślona", regon="123456785")
        make_partnership.member(kooperant)
    return Basket(gmina, by, kooperant)


@dataclass
class Adopted:
    """A service of a master card and its copies, by their units."""

    master: MasterService
    keeper: Account
    ids: dict[TenantRef, UUID]

    def of(self, unit: TenantRef) -> str:
        return f"{AT}uslugi/{self.ids[unit]}/"


@pytest.fixture
def adopted(gmina: TenantRef, powiat: TenantRef, city: TenantRef) -> Adopted:
    keeper = accounts.with_totp(accounts.account())
    master = make_masters.service(keeper, make_masters.card(keeper, powiat), **OPEN)
    ids = {unit: taken_over(unit, master) for unit in (gmina, powiat, city)}
    return Adopted(master, keeper, ids)


def taken_over(unit: TenantRef, master: MasterService, **values: object) -> UUID:
    with inside(unit):
        make_partnership.found(unit)
    make_masters.kooperant(unit)
    with inside(unit):
        by = make_people.by(make_people.lead())
        said = {**OPEN, "street": f"Rynek {unit.code}", "city": "Wymyślonowo", **values}
        service = adopting.adopt(by=by, master_id=master.pk, key=uuid7(), values=said)
    carried(unit)
    return service.pk
