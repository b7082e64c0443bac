"""Offers of the journal."""

from kooperacja.audit.about import ToldByData
from kooperacja.audit.models import Chain, Entry, Seal
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs({"JOURNAL_SEARCHED": "przeszukano dziennik", "LIST_EXPORTED": "pobrano listę"}),
    ToldByData(
        "LIST_EXPORTED",
        lambda data: f"{data['list'][1]}, {data['format'][1]}, wierszy: {data['rows'][1]}",
    ),
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
