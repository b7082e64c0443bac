"""Protected places, such as shelters, whose address other units never learn."""

from collections.abc import Callable
from dataclasses import dataclass

from kooperacja import offers
from tenants.people.models import Organisation


@dataclass(frozen=True, slots=True)
class HidesSeat(offers.Offer):
    """Says that the seat of an institution is not public, so that its address stays in the unit."""

    hides: Callable[[Organisation], bool]


def is_protected(organisation: Organisation) -> bool:
    """Some app keeps the seat of the institution from the public."""
    return any(offer.hides(organisation) for offer in offers.of(HidesSeat))
