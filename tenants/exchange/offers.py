"""What the exchange between tenants gives the house."""

from kooperacja.offers import Handler, Offer
from tenants.exchange import outbox

OFFERS: tuple[Offer, ...] = (Handler("INSTITUTION", outbox.institution),)
