"""A gmina whose basket is listed in the region's directory."""

from dataclasses import dataclass

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.models.services import Service
from tenants.people.models import Organisation
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried

OPEN = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC)
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
