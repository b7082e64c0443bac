"""Offers of notifications."""

from kooperacja.notifications import handlers
from kooperacja.notifications.models import Delivery, Outgoing, Preference, Reminded
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
    Impersonal(Outgoing, ("kind", "dedupe", "last_error")),
    Impersonal(Preference, ("code",)),
    Impersonal(Reminded, ("occasion",)),
)
