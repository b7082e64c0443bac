"""The navigation: entries that apps offer, each with the permission it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kooperacja import offers


@dataclass(frozen=True, slots=True)
class NavEntry(offers.Offer):
    """An entry of the main navigation.

    `place` is TENANT, REGION or ACCOUNT. `may` is asked of the tenant's person; without one,
    everybody sees it. `but` names a page that lies under this one and has an entry of its own,
    `also` names pages that belong to it though their addresses do not lie under its own.
    """

    place: str
    name: str  # of the page's address
    label: str
    may: Callable[[Any], bool] | None = None
    but: str = ""
    also: tuple[str, ...] = ()

    def is_for(self, person: Any) -> bool:
        return self.may is None or self.may(person)


def entries(place: str, request: HttpRequest) -> list[NavEntry]:
    """The entries that the reader may open; the others do not show."""
    person = getattr(request, "person", None)
    here = [entry for entry in offers.of(NavEntry) if entry.place == place]
    return [entry for entry in here if entry.is_for(person)]
