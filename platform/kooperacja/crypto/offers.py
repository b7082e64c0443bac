"""What the keys give the house."""

from kooperacja.offers import Offer, Verbs

OFFERS: tuple[Offer, ...] = (Verbs({"KEY_ROTATED": "wymieniono klucz szyfrujący"}),)
