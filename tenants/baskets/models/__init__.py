"""Tables of the basket of services."""

from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall, ServiceReport
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.editions import Edition, EditionItem
from tenants.baskets.models.imports import ImportFile, ImportRow
from tenants.baskets.models.services import Service, ServiceEntry

__all__ = [
    "Card",
    "CardCheck",
    "CheckCall",
    "DistinctServices",
    "Edition",
    "EditionItem",
    "ImportFile",
    "ImportRow",
    "Service",
    "ServiceEntry",
    "ServiceMerge",
    "ServiceReport",
]
