"""Protected places, such as shelters, whose address other units never learn."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kooperacja import offers
from tenants.people.models import Organisation, OrganisationMerge


@dataclass(frozen=True, slots=True)
class HidesSeat(offers.Offer):
    """Gives the institutions whose seat is not public, so that their address stays in the unit."""

    institutions: Callable[[], set[UUID]]


def protected() -> set[UUID]:
    """Institutions whose seat some app keeps from the public."""
    return {pk for offer in offers.of(HidesSeat) for pk in offer.institutions()}


def protected_entries() -> set[UUID]:
    """The same with the entries of the register that were merged into theirs: they say the address."""
    hidden = protected()
    merges = OrganisationMerge.objects.filter(target__in=hidden, undone_on=None).order_by()
    return hidden.union(merges.values_list("source", flat=True))


def is_protected(organisation: Organisation) -> bool:
    """Some app keeps the seat of the institution from the public."""
    return organisation.pk in protected()
