"""Offers of the exchange between tenants."""

from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData
from tenants.exchange import outbox
from tenants.exchange.actions import PUBLIC
from tenants.exchange.models import Institution, InstitutionNote, RegulationTemplate

OFFERS: tuple[Offer, ...] = (
    Handler("INSTITUTION", outbox.institution),
    PersonalData(RegulationTemplate, ("published_by",), Fate.RECORD, "who published a wording"),
    Impersonal(Institution, PUBLIC),
    Impersonal(InstitutionNote, PUBLIC),
    Impersonal(RegulationTemplate, ("clauses", "note")),
)
