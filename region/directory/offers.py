"""Offers of the region's directory of services."""

from kooperacja.offers import Offer
from kooperacja.ui.navigation import NavEntry
from region.directory.places import of_account
from tenants.registry.places import AccountPart

OFFERS: tuple[Offer, ...] = (
    AccountPart("directory/_masters.html", of_account),
    NavEntry("REGION", "directory:masters", "Karty w katalogu", group="MANAGEMENT", order=87),
)
