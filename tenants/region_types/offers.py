"""Offers of the region's types of services."""

from kooperacja.offers import Impersonal, Offer
from tenants.region_types.models import RegionType
from tenants.region_types.reading import region_types
from tenants.services.vocabulary import GivesTypes

OFFERS: tuple[Offer, ...] = (
    GivesTypes(region_types, order=10),
    Impersonal(
        RegionType,
        ("code", "name", "broader", "about", "synonyms", "everyday", "ended_why"),
    ),
)
