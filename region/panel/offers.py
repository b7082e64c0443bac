"""What the region's screens give the house."""

from kooperacja.offers import Offer
from kooperacja.ui.navigation import NavEntry

OFFERS: tuple[Offer, ...] = (
    NavEntry("REGION", 10, "panel:home", "Mapa"),
    NavEntry("REGION", 20, "panel:table", "Tabela"),
    NavEntry("REGION", 30, "panel:tenants", "Gminy i powiaty", but="panel:register"),
    NavEntry("REGION", 40, "panel:register", "Rejestr TERYT"),
    NavEntry("REGION", 50, "panel:regulation_template", "Wzór regulaminu"),
)
