"""Search in all that a person may see: each app finds the rows of its kinds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from kooperacja import offers
from kooperacja.ui import guide
from kooperacja.ui.links import link, root_link
from kooperacja.ui.navigation import menu
from kooperacja.ui.search import is_matching

MOST = 10  # of one kind; who finds more is led to the list


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, and its page."""

    title: str
    href: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Searchable(offers.Offer):
    """Rows of one kind that a person may see; `listed` is the page that looks for the same words.

    `find(person, words)` gives the first of those in which all the words stand; it need not give
    more than `MOST` and one.
    """

    label: str
    find: Callable[[Any, str], Iterable[Found]]
    may: Callable[[Any], bool]
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows found of one kind, and the list in which there is more of it."""

    label: str
    found: tuple[Found, ...]
    has_more: bool = False
    more: str = ""


def everywhere(request: HttpRequest, words: str) -> list[Kind]:
    """Kinds of which something was found, as the apps offer them, then pages and the guide."""
    person = getattr(request, "person", None)
    kinds = [_kind(one, person, words) for one in offers.of(Searchable) if one.may(person)]
    kinds.append(Kind("Strony", tuple(_pages(request, words))))
    kinds.append(Kind("Pomoc", tuple(islice(_help(words), MOST))))
    return [kind for kind in kinds if kind.found]


def _kind(one: Searchable, person: Any, words: str) -> Kind:
    found = tuple(islice(one.find(person, words), MOST + 1))
    more = f"{link(one.listed)}?{urlencode({'szukaj': words})}" if one.listed else ""
    return Kind(one.label, found[:MOST], len(found) > MOST, more)


def _pages(request: HttpRequest, words: str) -> Iterator[Found]:
    """Entries of the navigation that the reader sees."""
    for entry in menu("TENANT", request, link("home")).links:
        for each in entry.below or (entry,):
            if is_matching(words, each.label):
                yield Found(each.label, each.href)


def _help(words: str) -> Iterator[Found]:
    for section in guide.found(words):
        yield Found(section.title, root_link("guide_section", section.slug))
