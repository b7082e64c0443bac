"""Offers of the region's screens."""

from kooperacja.offers import Offer
from kooperacja.ui.navigation import NavEntry, NavGroup

OFFERS: tuple[Offer, ...] = (
    NavEntry("REGION", "panel:home", "Mapa", order=10),
    NavEntry("REGION", "panel:table", "Tabela", order=20),
    NavEntry("REGION", "panel:tenants", "Gminy i powiaty", but="panel:register", order=30),
    NavGroup("REGION", "MANAGEMENT", "Zarządzanie"),
    NavEntry("REGION", "panel:register", "Rejestr TERYT", group="MANAGEMENT", order=40),
    NavEntry("REGION", "panel:regulation_template", "Wzór regulaminu", order=50),
    NavEntry("REGION", "panel:coordinators", "Koordynatorzy ROPS", group="MANAGEMENT", order=60),
)
