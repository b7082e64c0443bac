"""Offers of drafts."""

from kooperacja.drafts.models import Draft
from kooperacja.drafts.tasks import forget_drafts
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData

OFFERS: tuple[Offer, ...] = (
    PersonalData(
        Draft,
        ("values",),
        Fate.FORGOTTEN,
        "what is typed in a form until it is saved, for 7 days at most (GDPR art. 5(1)(e))",
        by=forget_drafts,
    ),
    Impersonal(Draft, ("path",)),
)
