"""Offers of the inbox."""

from kooperacja.inbox import summaries
from kooperacja.inbox.models import (
    InboxItem,
    InboxTask,
    OutgoingMessage,
    SentMail,
    SharedReturned,
)
from kooperacja.inbox.returned import forget_mails
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
    PersonalData(
        SentMail,
        ("email",),
        Fate.FORGOTTEN,
        "where a mail went, while it may come back",
        by=forget_mails,
    ),
    PersonalData(
        SharedReturned,
        ("email", "said"),
        Fate.FORGOTTEN,
        "tells that a mail did not reach somebody, and what to correct",
        by=forget_mails,
    ),
    Impersonal(SentMail, ("code",)),
    Impersonal(SharedReturned, ("code", "status")),
    Impersonal(InboxItem, ("tenant_name", "url", "code")),
    Impersonal(InboxTask, ("tenant_name", "number", "team", "url")),
    Impersonal(OutgoingMessage, ("kind", "dedupe", "last_error")),
    Handler("SUMMARY", summaries.tell),
    NavEntry("ACCOUNT", "inbox_tasks", "Ustalenia", order=15),
    NavEntry("ACCOUNT", "inbox", "Powiadomienia", also=("inbox_mails",), order=20),
)
