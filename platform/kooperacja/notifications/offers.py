"""Offers of notifications."""

from kooperacja.notifications import handlers
from kooperacja.notifications.models import (
    AddressSettled,
    Delivery,
    Outgoing,
    Preference,
    Reminded,
    Returned,
)
from kooperacja.notifications.tasks import forget_old_messages
from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData

OFFERS: tuple[Offer, ...] = (
    Handler("MAIL", handlers.mail),
    Handler("INBOX", handlers.to_inbox),
    Handler("INBOX_DONE", handlers.inbox_done),
    PersonalData(
        Outgoing,
        ("payload",),
        Fate.FORGOTTEN,
        "what is to be sent; emptied when it was",
        by=forget_old_messages,
    ),
    PersonalData(Delivery, ("email",), Fate.RECORD, "proves that somebody was told, and where"),
    Impersonal(Delivery, ("code", "message_id")),
    PersonalData(
        Returned,
        ("email", "said"),
        Fate.RECORD,
        "tells that a mail did not reach somebody, and what to correct",
    ),
    Impersonal(Returned, ("code", "status")),
    PersonalData(
        AddressSettled, ("email", "settled_by"), Fate.RECORD, "who looked into an address"
    ),
    Impersonal(Outgoing, ("kind", "dedupe", "last_error")),
    Impersonal(Preference, ("code",)),
    Impersonal(Reminded, ("occasion",)),
)
