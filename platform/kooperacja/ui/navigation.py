"""The navigation: entries that apps offer, each with the permission it asks, in a few groups."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kooperacja import offers
from kooperacja.ui.links import link, root_link

FEW = 2  # a group of so few shows them in its place


@dataclass(frozen=True, slots=True)
class NavEntry(offers.Offer):
    """An entry of the main navigation.

    `place` is TENANT, REGION or ACCOUNT. `may` is asked of the tenant's person; without one,
    everybody sees it. `group` is the code of the `NavGroup` in which it stands. `but` names a page
    that lies under this one and has an entry of its own, `also` names pages that belong to it
    though their addresses do not lie under its own.
    """

    place: str
    name: str  # of the page's address
    label: str
    may: Callable[[Any], bool] | None = None
    but: str = ""
    also: tuple[str, ...] = ()
    group: str = ""

    def is_for(self, person: Any) -> bool:
        return self.may is None or self.may(person)


@dataclass(frozen=True, slots=True)
class NavGroup(offers.Offer):
    """Entries that stand together; its own link is that of its first one."""

    place: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the navigation, and those that stand in a second row while one is there.

    `current` is the value of aria-current: page, true (one is below it), or none.
    """

    label: str
    href: str
    current: str = ""
    below: tuple["Link", ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """The first row, and the second one of the group in which the reader is."""

    links: tuple[Link, ...]

    @property
    def group(self) -> Link | None:
        return next((each for each in self.links if each.below and each.current), None)


def menu(place: str, request: HttpRequest, home: str) -> Menu:
    """The links that the reader may open; the others do not show, nor those this place lacks."""
    person = getattr(request, "person", None)
    entries = [entry for entry in offers.of(NavEntry) if entry.place == place]
    shown = [
        (entry, found)
        for entry in entries
        if entry.is_for(person) and (found := _link(entry, request, home))
    ]
    return Menu(tuple(_rows(place, shown)))


def _rows(place: str, shown: list[tuple[NavEntry, Link]]) -> Iterator[Link]:
    """Each link in its order; a group stands where the first of its entries would."""
    groups = {group.code: group for group in offers.of(NavGroup) if group.place == place}
    done = set()
    for entry, found in shown:
        together = tuple(each for one, each in shown if one.group and one.group == entry.group)
        if len(together) <= FEW:
            yield found
        elif entry.group not in done:
            done.add(entry.group)
            is_inside = any(each.current for each in together)
            current = "true" if is_inside else ""
            yield Link(groups[entry.group].label, together[0].href, current, together)


def _link(entry: NavEntry, request: HttpRequest, home: str) -> Link | None:
    href = link(entry.name)
    if not href:
        return None
    path, match = request.path, request.resolver_match
    is_other = bool(entry.but) and path.startswith(link(entry.but))
    is_below = path.startswith(href) and not is_other and href not in (home, root_link("places"))
    current = ""
    if path == href:
        current = "page"
    elif is_below or (match is not None and match.view_name in entry.also):
        current = "true"
    return Link(entry.label, href, current)
