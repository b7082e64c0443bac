"""Tables of the basket of services."""

from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall, ServiceReport
from tenants.baskets.models.services import Service, ServiceEntry

__all__ = ["Adoption", "Card", "CardCheck", "CheckCall", "Service", "ServiceEntry", "ServiceReport"]
