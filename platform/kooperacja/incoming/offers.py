"""Offers of incoming mail."""

from kooperacja.incoming.address import return_address
from kooperacja.incoming.models import ReceivedMail
from kooperacja.offers import Impersonal, Offer
from kooperacja.returns import ReturnAddress

OFFERS: tuple[Offer, ...] = (
    Impersonal(ReceivedMail, ("key",)),
    ReturnAddress(return_address),
)
