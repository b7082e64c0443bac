"""Tables of the basket of services."""

from tenants.baskets.models.answers import CheckAnswer, CheckLink
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall, ServiceReport
from tenants.baskets.models.dues import DueDay
from tenants.baskets.models.services import Service, ServiceEntry

__all__ = [
    "Card",
    "CardCheck",
    "CheckAnswer",
    "CheckCall",
    "CheckLink",
    "DueDay",
    "Service",
    "ServiceEntry",
    "ServiceReport",
]
