"""What the exchange between tenants gives the house."""

from kooperacja.offers import Fate, Handler, Offer, PersonalData
from tenants.exchange import outbox
from tenants.exchange.models import RegulationTemplate

OFFERS: tuple[Offer, ...] = (
    Handler("INSTITUTION", outbox.institution),
    PersonalData(RegulationTemplate, ("published_by",), Fate.RECORD, "who published a wording"),
)
