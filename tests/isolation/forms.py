"""What an attacker finds on a page: every form and parameter; and what an address takes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RegexPattern

_PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
_GROUP = re.compile(r"\(\?P<\w+>.*?\)")
TOKEN = "csrfmiddlewaretoken"
URLENCODED = "application/x-www-form-urlencoded"
# Not filled in by people; a form that lost one of them may look at nothing else.
UNSEEN = {"hidden", "submit"}
_KINDS = {"input": "text", "button": "submit"}
# What links ask a page for, and what an address has in its path.
ASKED, PATH = "asked by a link", "part of an address"


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

    def of(self, *, unseen: bool) -> list[str]:
        """Names of the fields that people fill in, or of the others."""
        return [name for name, kind in self.fields.items() if (kind in UNSEEN) == unseen]

    def filled(self, names: list[str], payload: Callable[[str], str]) -> dict[str, Any]:
        """A payload in each of these fields, by its kind; a file bears it as its name."""
        values: dict[str, Any] = {name: self.given[name] for name in self.of(unseen=True)}
        for name in names:
            text = payload(self.fields[name])
            is_file = self.fields[name] == "file"
            values[name] = SimpleUploadedFile(text, text.encode()) if is_file else text
        return values

    def sent(self, client: Client, at: str, values: dict[str, Any]) -> Any:
        """The answer to the form, filled in on the page at an address."""
        call = client.post if self.is_post else client.get
        return call(self._address(at), values)

    def sent_plain(self, client: Client, at: str, values: dict[str, Any]) -> Any:
        """The same as browsers encode a form without files, which may hold a NUL."""
        if not self.is_post:
            return self.sent(client, at, values)
        return client.post(self._address(at), urlencode(values), content_type=URLENCODED)

    def _address(self, at: str) -> str:
        return self.action if self.action.startswith("/") else at


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
        name = given.get("name", "")
        if tag == "form":
            is_post = given.get("method", "").lower() == "post"
            self.forms.append(Form(given.get("action") or self.address, is_post))
            self.is_inside = True
        elif tag in {"input", "textarea", "select", "button"} and self.is_inside and name:
            if name != TOKEN:
                self.forms[-1].fields[name] = given.get("type") or _KINDS.get(tag, tag)
                self.forms[-1].given[name] = given.get("value", "")
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
        own.append(Form(address, False, dict.fromkeys(sorted(reader.links), ASKED)))
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
    """All addresses of a URLconf, by the names that reverse() knows."""

    def walk(
        resolver: URLResolver, before: str, namespace: str, takes_text: bool
    ) -> Iterator[Address]:
        for one in resolver.url_patterns:
            route, text = before + _gaps(str(one.pattern)), takes_text or _takes_text(one)
            if isinstance(one, URLResolver):
                inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
                yield from walk(one, route, inner, text)
            else:
                yield Address(namespace + (one.name or ""), route, text)

    yield from walk(get_resolver(urlconf), prefix, "", takes_text=False)


def _takes_text(one: URLPattern | URLResolver) -> bool:
    """Any but these two may let a payload through; a regular expression is not looked into."""
    kinds = {type(kind) for kind in getattr(one.pattern, "converters", {}).values()}
    return isinstance(one.pattern, RegexPattern) or bool(kinds - {UUIDConverter, IntConverter})


def _gaps(route: str) -> str:
    text = _GROUP.sub("{}", _PARAMETER.sub("{}", route))
    return text.replace("^.*$", "").lstrip("^").rstrip("$")
