"""A page that several apps fill: each offers its part of it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from kooperacja import offers


@dataclass(frozen=True, slots=True)
class PagePart(offers.Offer):
    """A part that an app adds to a page of an app below it.

    `find` gets the person and what the page is about, and gives what the template shows; with
    None, nothing shows.
    """

    page: str
    place: str
    template: str
    find: Callable[..., dict[str, Any] | None]


def parts_of(page: str, request: HttpRequest, *about: Any) -> dict[str, list[str]]:
    """The drawn parts of a page, by place."""
    drawn: dict[str, list[str]] = defaultdict(list)
    for part in offers.of(PagePart):
        if part.page != page:
            continue
        context = part.find(request.person, *about)  # type: ignore[attr-defined]
        if context is not None:
            drawn[part.place].append(render_to_string(part.template, context, request))
    return drawn
