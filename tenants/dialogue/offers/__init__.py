"""Offers of what is said between meetings, in the order in which people see it."""

from kooperacja.offers import Offer
from tenants.dialogue.offers import (
    correspondence,
    disputes,
    everyone,
    materials,
    notes,
    plan,
    risks,
)

OFFERS: tuple[Offer, ...] = (
    *everyone.OFFERS,
    *correspondence.OFFERS,
    *notes.OFFERS,
    *risks.OFFERS,
    *disputes.OFFERS,
    *materials.OFFERS,
    *plan.OFFERS,
)
