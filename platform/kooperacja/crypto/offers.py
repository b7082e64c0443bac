"""Offers of the keys."""

from kooperacja.crypto.models import TenantKey
from kooperacja.offers import Impersonal, Offer, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs({"KEY_ROTATED": "wymieniono klucz szyfrujący"}),
    Impersonal(TenantKey, ("wrapped",)),
)
