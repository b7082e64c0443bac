"""Offers of incoming mail."""

from kooperacja.incoming.models import ReceivedMail
from kooperacja.offers import Impersonal, Offer

OFFERS: tuple[Offer, ...] = (Impersonal(ReceivedMail, ("key",)),)
