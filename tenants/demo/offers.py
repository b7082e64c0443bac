"""Offers of the demo."""

from kooperacja.offers import Offer, Verbs

OFFERS: tuple[Offer, ...] = (Verbs({"DEMO_FILLED": "wypełniono zmyślonymi danymi"}),)
