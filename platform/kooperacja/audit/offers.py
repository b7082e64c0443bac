"""Offers of the journal."""

from kooperacja.audit.models import Chain, Entry, Seal
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs({"JOURNAL_SEARCHED": "przeszukano dziennik"}),
    PersonalData(
        Entry,
        ("actor_name", "object_label", "why", "data"),
        Fate.RECORD,
        "proves who did what; sealed, so that nothing of it can be taken out",
    ),
    Impersonal(Entry, ("role", "request_id", "verb", "object_type")),
    Impersonal(Seal, ("hash",)),
    Impersonal(Chain, ("unit", "hash")),
)
