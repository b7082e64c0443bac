"""Offers of the exchange between tenants."""

from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData
from tenants.exchange import outbox
from tenants.exchange.models import Institution, InstitutionNote, RegulationTemplate

OFFERS: tuple[Offer, ...] = (
    Handler("INSTITUTION", outbox.institution),
    PersonalData(RegulationTemplate, ("published_by",), Fate.RECORD, "who published a wording"),
    *(
        Impersonal(
            model,
            (
                "name",
                "sector",
                "legal_form",
                "regon",
                "nip",
                "krs",
                "street",
                "postal_code",
                "city",
            ),
        )
        for model in (Institution, InstitutionNote)
    ),
    Impersonal(RegulationTemplate, ("clauses", "note")),
)
