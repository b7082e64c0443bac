"""Every page below the first level says where it stands: in its breadcrumbs and in the menu."""

import re
from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client

from tests.declared import VISITORS, Page, SharedPage, every
from tests.place import Place

# Pages without breadcrumbs, and why.
FIRST = {
    "join": "the first page of who does not sign in; the footer leads to it",
    "accessibility": "the footer of every page leads to it",
    "accessibility_of_region": "the footer of every page leads to it",
    "panel:tenants_progress": "a fragment",
    "api:reference": "the first page for who writes programs",
}
WHO = "LPZ"


def _navigation(html: str) -> dict[str, str]:
    """Address of each entry of the menu, with what says that one is in it."""
    _, _, rest = html.partition('<nav aria-label="Główna nawigacja">')
    entries = rest.partition("</nav>")[0]
    return dict(re.findall(r'<a href="([^"]+)"(?: aria-current="(\w+)")?', entries))


def _crumbs(html: str) -> list[str]:
    _, _, rest = html.partition('<nav class="k-breadcrumbs"')
    return re.findall(r'href="([^"]+)"', rest.partition("</nav>")[0])


def _wrong(answer: HttpResponse) -> str:
    html = answer.content.decode()
    menu, crumbs = _navigation(html), _crumbs(html)
    if "page" in menu.values():
        return ""
    if not crumbs:
        return "no breadcrumbs"
    if crumbs[0] in menu and menu[crumbs[0]] != "true":
        return f"{crumbs[0]} is not marked in the menu"
    return ""


def _answers(place: Place) -> Iterator[tuple[str, Client, str]]:
    for page in every(Page):
        readers = [one for one in WHO if page.answers[VISITORS.index(one)] == "o"]
        yield from (
            (f"{page.name} {one}", place.clients[one], place.address(page)) for one in readers
        )
    for shared in every(SharedPage):
        if "o" in shared.get[2:4]:
            client = place.clients["L" if shared.get[2] == "o" else "R"]
            yield shared.name, client, place.shared_address(shared)


def test_each_page_below_the_first_level_says_where_it_stands(place: Place) -> None:
    wrong = {}
    for name, client, at in _answers(place):
        answer = client.get(at)
        is_page = answer.headers["Content-Type"].startswith("text/html")
        if answer.status_code == 200 and is_page and b"<html" in answer.content:
            wrong[name] = _wrong(answer)
    found = {name: why for name, why in wrong.items() if why}
    assert {name.split()[0] for name in found} == set(FIRST), found
