"""What the journal gives the house."""

from kooperacja.offers import Offer, Verbs

OFFERS: tuple[Offer, ...] = (Verbs({"JOURNAL_SEARCHED": "przeszukano dziennik"}),)
