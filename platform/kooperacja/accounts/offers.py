"""What accounts give the house."""

from kooperacja.offers import Offer, Verbs

OFFERS: tuple[Offer, ...] = (Verbs({"ENTERED": "wejście do jednostki"}),)
