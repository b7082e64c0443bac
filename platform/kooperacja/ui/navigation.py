"""The navigation: entries that apps offer, each with the permission it asks, in a few groups."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kooperacja import offers
from kooperacja.ui.links import link, root_link

FEW = 2  # a group of so few shows them in its place
ALONE = 1  # the same for a group within another


@dataclass(frozen=True, slots=True)
class NavEntry(offers.Offer):
    """An entry of the main navigation.

    `place` is TENANT, REGION or ACCOUNT. `may` is asked of the tenant's person; without one,
    everybody sees it. `group` is the code of the `NavGroup` in which it stands. `also` names pages
    that belong to it though their addresses do not lie under its own.
    """

    place: str
    name: str  # of the page's address
    label: str
    may: Callable[[Any], bool] | None = None
    also: tuple[str, ...] = ()
    group: str = ""

    def is_for(self, person: Any) -> bool:
        return self.may is None or self.may(person)


@dataclass(frozen=True, slots=True)
class NavGroup(offers.Offer):
    """Entries that stand together, alone or `within` another group; it leads to the first of them."""

    place: str
    code: str
    label: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the navigation, and those that stand in a row of their own while one is there.

    `current` is the value of aria-current: page, true (one is below it), or none.
    """

    label: str
    href: str
    current: str = ""
    below: tuple["Link", ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """The first row, and one more for each group in which the reader is."""

    links: tuple[Link, ...]

    @property
    def here(self) -> tuple[Link, ...]:
        """The links under which the reader is, from the first row down."""
        links = self.links
        found: list[Link] = []
        while one := next((link for link in links if link.current), None):
            found.append(one)
            links = one.below
        return tuple(found)

    @property
    def groups(self) -> tuple[Link, ...]:
        return tuple(link for link in self.here if link.below)


Shown = list[tuple[NavEntry, Link]]


def menu(place: str, request: HttpRequest, home: str) -> Menu:
    """The links that the reader may open; the others do not show, nor those this place lacks."""
    person = getattr(request, "person", None)
    entries = [entry for entry in offers.of(NavEntry) if entry.place == place]
    shown = [
        (entry, href) for entry in entries if entry.is_for(person) and (href := link(entry.name))
    ]
    near = [_nearness(entry, href, request, home) for entry, href in shown]
    nearest = max(near, default=0)
    links = []
    for (entry, href), how_near in zip(shown, near, strict=True):
        is_here = how_near == nearest > 0
        current = "page" if href == request.path else "true"
        links.append((entry, Link(entry.label, href, current if is_here else "")))
    groups = {group.code: group for group in offers.of(NavGroup) if group.place == place}
    return Menu(tuple(_row(links, groups, "")))


def _row(shown: Shown, groups: dict[str, NavGroup], within: str) -> Iterator[Link]:
    """Each link in its order; a group stands where the first of its entries would."""
    few = ALONE if within else FEW
    rows: dict[tuple[str, str], Shown] = {}
    for entry, found in shown:
        code = _group_of(entry, groups, within)
        rows.setdefault((code, "" if code else entry.name), []).append((entry, found))
    for (code, _), together in rows.items():
        if not code:
            yield together[0][1]
            continue
        row = tuple(_row(together, groups, code))
        if len(row) <= few:
            yield from row
        else:
            current = "true" if any(each.current for each in row) else ""
            yield Link(groups[code].label, row[0].href, current, row)


def _group_of(entry: NavEntry, groups: dict[str, NavGroup], within: str) -> str:
    """The group right below `within` in which the entry is, or none."""
    code = entry.group
    while code and code != within and groups[code].within != within:
        code = groups[code].within
    return "" if code == within else code


def _nearness(entry: NavEntry, href: str, request: HttpRequest, home: str) -> int:
    """The length of the address by which the page belongs to an entry; 0 if it does not."""
    path, match = request.path, request.resolver_match
    if path == href or (match is not None and match.view_name in entry.also):
        return len(path)
    is_below = path.startswith(href) and href not in (home, root_link("places"))
    return len(href) if is_below else 0
