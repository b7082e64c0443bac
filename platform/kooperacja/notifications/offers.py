"""What notifications give the house."""

from kooperacja.notifications import handlers
from kooperacja.offers import Handler, Offer, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs({"NOTIFICATION_SWITCHED": "zmieniono ustawienia powiadomień"}),
    Handler("MAIL", handlers.mail),
    Handler("INBOX", handlers.to_inbox),
    Handler("INBOX_DONE", handlers.inbox_done),
)
