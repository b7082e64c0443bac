"""The navigation shows to each visitor the pages that answer them, and no other."""

import re
from typing import Any

import pytest

from kooperacja import offers
from kooperacja.ui.navigation import NavEntry
from tests.declared import VISITORS, Page, SharedPage, every
from tests.isolation.test_matrix_root import KINDS
from tests.place import Place, Settled

PAGES = {page.name: page for page in (*every(Page), *every(SharedPage))}
# Where each navigation is looked at.
DOORS = {"TENANT": "home", "REGION": "panel:home", "ACCOUNT": "places"}
# Whom a page answers though its entry is not shown to them, and why.
UNSHOWN = {
    "data_protection:own_data_protection": {
        "ALNDPHO": "reads the registers, and those lead to one's own papers",
        "Z": "only applies, and is asked for no papers yet",
        "T": "acts for a party of an agreement, and is asked for no papers",
        "V": "reads agreements alone, and is asked for no papers",
        "G": "makes the statement on the page of the delegation",
    },
    "directory:masters": {
        "xelfALNSDPHWOZTGV": "works in no region: led to by one's own affairs, if they keep a card",
    },
}
Shown = dict[tuple[str, str], list[str]]


def _links(place: Place, visitor: str, at: str) -> list[str]:
    """Those of the first row, and of each group's own row, which shows on its pages."""
    first, *_ = _rows(place.seen(visitor, at).html)
    return [link for address in first for link in _below(place, visitor, address, 1)]


def _below(place: Place, visitor: str, address: str, depth: int) -> list[str]:
    """The links of the group that leads to an address, or the address where it leads alone."""
    row = (*_rows(place.seen(visitor, address).html)[depth:], [])[0]
    if address not in row:
        return [address]
    return [link for each in row for link in _below(place, visitor, each, depth + 1)]


def _rows(html: str) -> list[list[str]]:
    _, _, rest = html.partition('aria-label="Główna nawigacja">')
    rows = rest.partition("</nav>")[0].split("</ul>")[:-1]
    return [re.findall(r'href="([^"]+)"', row) for row in rows] or [[]]


def _address(place: Place, name: str) -> str:
    page = PAGES[name]
    return place.address(page) if isinstance(page, Page) else place.shared_address(page)


def _readers(name: str) -> set[str]:
    page = PAGES[name]
    if isinstance(page, Page):
        return {
            visitor for visitor, code in zip(VISITORS, page.answers, strict=True) if code == "o"
        }
    answered = zip(KINDS.values(), page.get, strict=True)
    return {visitor for kind, code in answered if code == "o" for visitor in kind} & set(VISITORS)


@pytest.fixture(scope="module")
def shown(settled: Settled, django_db_blocker: Any) -> Shown:
    """Addresses in the navigation, by its place and its visitor."""
    with settled.visited(django_db_blocker) as place:
        doors = {kind: _address(place, name) for kind, name in DOORS.items()}
        return {
            (kind, visitor): _links(place, visitor, at)
            for kind, at in doors.items()
            for visitor in VISITORS
        }


@pytest.mark.parametrize("entry", offers.of(NavEntry), ids=lambda entry: entry.name)
def test_an_entry_is_shown_to_whom_its_page_answers(
    settled: Settled, shown: Shown, entry: NavEntry
) -> None:
    at = _address(settled.place, entry.name)
    seen = {visitor for visitor in VISITORS if at in shown[entry.place, visitor]}
    readers, unshown = _readers(entry.name), set("".join(UNSHOWN.get(entry.name, ())))
    assert unshown <= readers
    assert seen == readers - unshown


def test_nothing_else_stands_in_the_navigation(settled: Settled, shown: Shown) -> None:
    for (kind, visitor), links in shown.items():
        entries = [entry for entry in offers.of(NavEntry) if entry.place == kind]
        known = [_address(settled.place, entry.name) for entry in entries]
        assert links == [at for at in known if at in links], (kind, visitor)
