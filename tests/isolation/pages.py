"""What an attacker finds: every address, and on it every form and parameter, read from the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RegexPattern

_PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
_GROUP = re.compile(r"\(\?P<\w+>.*?\)")
# Served by other means than a view of ours, or ends the visit.
_NOT_ATTACKED = {"account_logout"}


@dataclass
class Form:
    """One form of a page, or the parameters of its links."""

    action: str
    is_post: bool
    fields: dict[str, str] = field(default_factory=dict)  # name → kind of input
    given: dict[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[object, ...]:
        """The same form may be on many pages; it is attacked once."""
        return self.action, self.is_post, tuple(sorted(self.fields))

    def filled(self, payload: str, *, keeps_hidden: bool) -> dict[str, Any]:
        """The payload in every field; a file bears it as its name."""
        values: dict[str, Any] = {}
        for name, kind in self.fields.items():
            if kind == "file":
                values[name] = SimpleUploadedFile(payload, payload.encode())
            elif kind == "kept" or (kind == "hidden" and keeps_hidden):
                values[name] = self.given[name]
            else:
                values[name] = payload
        return values


class _Reader(HTMLParser):
    """Finds forms and links."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: set[str] = set()
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_post = given.get("method", "").lower() == "post"
            self.forms.append(Form(given.get("action") or self.address, is_post))
            self.is_inside = True
        elif tag in {"input", "textarea", "select"} and self.is_inside and given.get("name"):
            kind = given.get("type", tag)
            self.forms[-1].fields[given["name"]] = kind
            self.forms[-1].given[given["name"]] = given.get("value", "")
        elif tag == "a":
            self.links |= set(parse_qs(urlsplit(given.get("href", "")).query))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


def forms_of(address: str, html: str) -> list[Form]:
    """Every form, and one more of what links of the page ask by (sort, page …)."""
    reader = _Reader(address)
    reader.feed(html)
    own = [one for one in reader.forms if "wyloguj" not in one.action and one.fields]
    if reader.links:
        own.append(Form(address, False, dict.fromkeys(reader.links, "text")))
    return own


@dataclass(frozen=True)
class Address:
    """One address of the site, with gaps where it takes a part from the visitor."""

    name: str
    route: str
    takes_text: bool  # else a number or an id, and nothing else finds its way to a view

    @property
    def gaps(self) -> int:
        return self.route.count("{}")

    def with_parts(self, part: str) -> str:
        return "/" + self.route.replace("{}", quote(part, safe=""))


def addresses(urlconf: str, prefix: str = "") -> Iterator[Address]:
    """All addresses of a URLconf."""

    def walk(resolver: URLResolver, before: str, takes_text: bool) -> Iterator[Address]:
        for one in resolver.url_patterns:
            route = before + _gaps(str(one.pattern))
            if isinstance(one, URLResolver):
                yield from walk(one, route, takes_text or _takes_text(one))
            elif isinstance(one, URLPattern) and one.name not in _NOT_ATTACKED:
                yield Address(one.name or "", route, takes_text or _takes_text(one))

    yield from walk(get_resolver(urlconf), prefix, takes_text=False)


def _takes_text(one: URLPattern | URLResolver) -> bool:
    """Any but these two may let a payload through; a regular expression is not looked into."""
    kinds = {type(kind) for kind in getattr(one.pattern, "converters", {}).values()}
    return isinstance(one.pattern, RegexPattern) or bool(kinds - {UUIDConverter, IntConverter})


def _gaps(route: str) -> str:
    text = _GROUP.sub("{}", _PARAMETER.sub("{}", route))
    return text.replace("^.*$", "").lstrip("^").rstrip("$")
