"""Offers of agreements."""

from kooperacja.audit.about import OpenTo
from kooperacja.offers import DemoHistory, ExitPart, Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.navigation import NavEntry
from tenants.agreements import clashes, demo
from tenants.agreements.exit import write_agreements
from tenants.agreements.models import Addition, Agreement, ContactPerson, Party, TextVersion
from tenants.agreements.papers import AGREEMENT
from tenants.agreements.perms import see_agreement, see_agreements
from tenants.people.models import Organisation
from tenants.people.references import Called, MergeClash

_KEPT = "names and functions of whom the parties of an agreement name in it (POR preamble, §3.3)"

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "AGREEMENT_BEGUN": "zaczęto projekt porozumienia",
            "AGREEMENT_EDITED": "zmieniono pola porozumienia",
            "AGREEMENT_TEXT_KEPT": "zachowano wersję tekstu porozumienia",
            "AGREEMENT_DISCARDED": "odrzucono projekt porozumienia",
            "AGREEMENT_PARTY_ADDED": "dodano Stronę porozumienia",
            "AGREEMENT_PARTY_EDITED": "zmieniono dane Strony porozumienia",
            "AGREEMENT_PARTY_REMOVED": "usunięto Stronę z projektu porozumienia",
            "AGREEMENT_CONTACT_ADDED": "wskazano osobę do współpracy w porozumieniu",
            "AGREEMENT_CONTACT_EDITED": "zmieniono dane osoby wskazanej w porozumieniu",
            "AGREEMENT_CONTACT_ENDED": "zakończono wskazanie osoby w porozumieniu",
            "AGREEMENT_ADDITION_ADDED": "dodano obowiązek albo postanowienie do porozumienia",
            "AGREEMENT_ADDITION_EDITED": "zmieniono obowiązek albo postanowienie porozumienia",
            "AGREEMENT_ADDITION_REMOVED": "usunięto obowiązek albo postanowienie porozumienia",
        }
    ),
    NavEntry(
        "TENANT",
        "agreements:agreements",
        "Porozumienia",
        see_agreements,
        group="PARTNERSHIP",
        order=55,
    ),
    AGREEMENT,
    OpenTo(Agreement.objects.all(), see_agreement),
    Called(Party, "organisation", "strona porozumienia", "strony porozumień", "stron porozumień"),
    MergeClash(Organisation, clashes.of_organisations, (clashes.ONCE,)),
    PersonalData(Party, ("represented_by", "function"), Fate.RECORD, _KEPT),
    Impersonal(Party, ("name", "seat", "signing_body")),
    PersonalData(ContactPerson, ("full_name", "function", "phone", "email"), Fate.RECORD, _KEPT),
    PersonalData(TextVersion, ("lines", "actor_name"), Fate.RECORD, _KEPT),
    PersonalData(Agreement, ("regional_support", "informer"), Fate.RECORD, _KEPT),
    Impersonal(
        Agreement,
        ("place", "units", "county", "voivodeship", "rops", "meeting_place", "reason"),
    ),
    Impersonal(Addition, ("place", "heading", "text")),
    ExitPart("porozumienia", "porozumienia, ich Strony i osoby wskazane", write_agreements),
    DemoHistory(demo.write),
)
