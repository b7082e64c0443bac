"""Offers of the exchange between tenants."""

from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData
from tenants.exchange import letters, outbox
from tenants.exchange.actions import PUBLIC
from tenants.exchange.models import (
    Institution,
    InstitutionNote,
    Letter,
    PublishedAgreement,
    PublishedParty,
    RegulationTemplate,
)

OFFERS: tuple[Offer, ...] = (
    Handler("INSTITUTION", outbox.institution),
    Handler(letters.LETTER, letters.take_in),
    Handler(letters.DUE, letters.deliver),
    Handler("TENANT_CHANGED", outbox.tenant_changed),
    PersonalData(
        Letter,
        ("payload",),
        Fate.FORGOTTEN,
        "a delegate's business contact and who asks, on their way; emptied when it was read (POR-C §2.4.2)",
        by=letters.settle,
    ),
    Impersonal(Letter, ("kind", "dedupe")),
    Impersonal(PublishedAgreement, ("name", "units")),
    Impersonal(PublishedParty, ("name", "number", "functions")),
    PersonalData(RegulationTemplate, ("published_by",), Fate.RECORD, "who published a wording"),
    Impersonal(Institution, PUBLIC),
    Impersonal(InstitutionNote, PUBLIC),
    Impersonal(RegulationTemplate, ("clauses", "note")),
)
