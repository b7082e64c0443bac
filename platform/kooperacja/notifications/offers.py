"""What notifications give the house."""

from kooperacja.offers import Offer, Verbs

OFFERS: tuple[Offer, ...] = (Verbs({"NOTIFICATION_SWITCHED": "zmieniono ustawienia powiadomień"}),)
