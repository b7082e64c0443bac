"""Offers of the region's screens."""

from kooperacja.offers import Offer
from kooperacja.ui.navigation import NavEntry, NavGroup

OFFERS: tuple[Offer, ...] = (
    NavEntry("REGION", "panel:home", "Dziś w województwie", order=10),
    NavEntry("REGION", "panel:tenants", "Jednostki", order=20),
    NavEntry("REGION", "panel:table", "Wskaźniki", order=30),
    NavEntry("REGION", "panel:regulation_template", "Wzory", order=50),
    NavGroup("REGION", "MANAGEMENT", "Zarządzanie"),
    NavEntry("REGION", "panel:register", "Rejestr TERYT", group="MANAGEMENT", order=70),
    NavEntry("REGION", "panel:contact", "Kontakt z ROPS", group="MANAGEMENT", order=75),
    NavEntry("REGION", "panel:coordinators", "Koordynatorzy ROPS", group="MANAGEMENT", order=80),
    NavEntry("REGION", "panel:advisers", "Doradcy ROPS", group="MANAGEMENT", order=85),
    NavEntry("REGION", "panel:journal", "Dziennik", group="MANAGEMENT", order=90),
)
