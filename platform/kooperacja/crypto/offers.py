"""Offers of the keys."""

from kooperacja.crypto.models import FamilyKey, TenantKey
from kooperacja.offers import Impersonal, Offer, Verbs

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "KEY_ROTATED": "wymieniono klucz szyfrujący",
            "FAMILY_KEYS_ROTATED": "wymieniono klucze rodzin",
        }
    ),
    Impersonal(TenantKey, ("wrapped",)),
    Impersonal(FamilyKey, ("wrapped",)),
)
