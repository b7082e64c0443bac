"""Every page of a tenant × visitor × tenant × row, with the expected status; one undeclared fails.

Visitors are told in `tests/declared.py`. Codes: o 200, r 302, d 403, n 404, c 409, m 405.
"""

from collections.abc import Iterable
from itertools import cycle
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from weasyprint import HTML

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.ui import errors
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.registry import directory
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.declared import VISITORS, Page, apps, apps_with, every, names_of
from tests.place import OF_KOOPERANT, OFFICE, Place

LETTERS = {200: "o", 302: "r", 403: "d", 404: "n", 409: "c", 405: "m"}

of_each_app = pytest.mark.parametrize("app", apps_with(Page))


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each refusal and one PDF are really rendered; here only the status of the others counts."""
    said: dict[tuple[str, str], str] = {}
    render, write_pdf = errors.render_to_string, HTML.write_pdf
    pdfs: list[bytes] = []

    def page_of(name: str, values: dict[str, Any], request: Any = None) -> str:
        key = (name, values["problem"].title)
        if key not in said:
            said[key] = render(name, values, request)
        return said[key]

    def pdf_of(html: HTML, *args: Any, **options: Any) -> bytes:
        if not pdfs:
            pdfs.append(write_pdf(html, *args, **options))
        return pdfs[0]

    monkeypatch.setattr(errors, "render_to_string", page_of)
    monkeypatch.setattr(HTML, "write_pdf", pdf_of)


def _pages(app: str) -> list[Page]:
    return apps()[app].of(Page)


def _seen(place: Place, method: str, at: str, visitors: Iterable[str] = VISITORS) -> str:
    """The answers to these visitors, in their order."""
    return "".join(_answer(place.clients[visitor], method, at) for visitor in visitors)


def _got(place: Place, at: str) -> str:
    """The answers to all who only read, before anything was changed."""
    return "".join(LETTERS.get(place.seen(visitor, at).status, "?") for visitor in VISITORS)


_NUMBERS = {page.name: number for number, page in enumerate(every(Page))}


def _few(page: Page, count: int) -> list[str]:
    """Some visitors: others for the next page, so that all have their turn."""
    start = _NUMBERS[page.name] * count
    return [VISITORS[(start + n) % len(VISITORS)] for n in range(count)]


def _answer(client: Client, method: str, at: str) -> str:
    return LETTERS.get(getattr(client, method)(at).status_code, "?")


def test_every_page_of_a_tenant_is_declared_once() -> None:
    declared = sorted(page.name for page in every(Page))
    seen: set[str] = set()
    for urlconf in settings.TENANT_URLCONFS.values():
        names = list(names_of(get_resolver(urlconf).url_patterns))
        assert len(names) == len(set(names))
        seen.update(names)
    assert sorted(seen) == declared


def test_no_role_is_missing_from_the_visitors() -> None:
    outside = {Role.ROPS_COORDINATOR, Role.APPLICANT, Role.PARTY, Role.DELEGATE, Role.ADVISER}
    assert {*OFFICE.values(), *OF_KOOPERANT.values(), *outside} == set(Role)


@of_each_app
def test_each_role_reads_what_it_may_and_nothing_else(place: Place, app: str) -> None:
    seen = {page.name: _got(place, place.address(page)) for page in _pages(app)}
    assert seen == {page.name: page.answers for page in _pages(app)}


@of_each_app
def test_a_neighbours_row_does_not_exist_here_for_anybody(place: Place, app: str) -> None:
    """Sent to by all who may read such a page, and by two of the others."""
    for page in (page for page in _pages(app) if page.of):
        at = place.address(page, place.foreign)
        readers = [one for one, code in zip(VISITORS, page.answers, strict=True) if code != "d"]
        for method, visitors in (("get", VISITORS), ("post", [*readers, *_few(page, 2)])):
            seen = _seen(place, method, at, visitors)
            assert not set(seen) & {"o", "c"}, (page, method, seen)
            assert _seen(place, method, at, "A") in ("m", "n"), (page, method)


@of_each_app
def test_who_may_not_read_a_page_changes_nothing_by_sending_to_it(place: Place, app: str) -> None:
    with inside(place.here):
        before = (Entry.objects.exclude(verb="ENTERED").count(), _state())
    for page in _pages(app):
        at = place.address(page)
        for visitor, code in zip(VISITORS, page.answers, strict=True):
            if code in "rd":
                status = place.clients[visitor].post(at, {"reason": "próba"}).status_code
                assert status in {302, 403, 405}, (page, visitor, status)
    with inside(place.here):
        assert (Entry.objects.exclude(verb="ENTERED").count(), _state()) == before


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
@of_each_app
def test_a_tenant_that_is_not_open_shows_no_page_to_anybody(
    place: Place, app: str, status: str
) -> None:
    """Decided before any page is looked up, so each page is asked for by a few."""
    Tenant.objects.filter(pk=place.here.id).update(status=status)
    directory.forget()
    for page in _pages(app):
        seen = _seen(place, "get", place.address(page), ["A", *_few(page, 3)])
        assert not set(seen) & {"o", "c"}, (page, seen)


@of_each_app
def test_a_tenant_that_does_not_exist_has_no_page(place: Place, app: str) -> None:
    for page, other in zip(_pages(app), cycle(("/gmina/nieznana/", "/powiat/opole/"))):
        at = place.address(page)
        seen = _seen(place, "get", at.replace("/gmina/opole/", other), ["A", *_few(page, 2)])
        assert set(seen) == {"n"}, (page, other, seen)


def _state() -> list[tuple[str, int]]:
    found = AccessionDeclaration.objects.values_list("state", "version")
    return sorted([*found, *RegulationVersion.objects.values_list("state", "version")])
