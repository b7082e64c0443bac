"""Offers of the inbox."""

from kooperacja.inbox import summaries
from kooperacja.inbox.models import InboxItem, InboxTask, OutgoingMessage
from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData
from kooperacja.outbox.actions import forget_done
from kooperacja.ui.navigation import NavEntry

OFFERS: tuple[Offer, ...] = (
    PersonalData(InboxItem, ("title",), Fate.ACCOUNT, "its owner's own list of what waits"),
    PersonalData(
        OutgoingMessage,
        ("payload",),
        Fate.FORGOTTEN,
        "what is to be sent; emptied when it was",
        by=forget_done,
    ),
    Impersonal(InboxItem, ("tenant_name", "url", "code")),
    Impersonal(InboxTask, ("tenant_name", "number", "team", "url")),
    Impersonal(OutgoingMessage, ("kind", "dedupe", "last_error")),
    Handler("SUMMARY", summaries.tell),
    NavEntry("ACCOUNT", "inbox_tasks", "Ustalenia", order=15),
    NavEntry("ACCOUNT", "inbox", "Powiadomienia", also=("inbox_mails",), order=20),
)
