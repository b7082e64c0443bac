"""A few groups: what a reader may open, where they are, and nothing that moves."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from kooperacja import offers
from kooperacja.ui import navigation
from kooperacja.ui.navigation import Menu, NavEntry, NavGroup, menu

NAMES = ("profile", "inbox", "api_tokens", "account_security")


@pytest.fixture(autouse=True)
def _pages_of_all_apps(settings: Any) -> None:
    settings.ROOT_URLCONF = "kooperacja.urls"


def _menu(
    monkeypatch: pytest.MonkeyPatch, *given: offers.Offer, at: str = "/", person: Any = None
) -> Menu:
    def of(kind: type[offers.Offer]) -> tuple[offers.Offer, ...]:
        here = (offer for offer in given if isinstance(offer, kind))
        return tuple(sorted(here, key=lambda offer: offer.order))

    monkeypatch.setattr(navigation.offers, "of", of)
    request: Any = RequestFactory().get(at)
    request.person, request.resolver_match = person, SimpleNamespace(view_name="accessibility")
    return menu("ACCOUNT", request, "/")


def _entries(number: int, **more: Any) -> list[NavEntry]:
    names = NAMES[:number]
    return [
        NavEntry("ACCOUNT", name, name, order=10 * at, group="G", **more)
        for at, name in enumerate(names)
    ]


def test_a_group_stands_where_its_first_entry_would_and_leads_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = NavEntry("ACCOUNT", "places", "Pierwsze", order=15)
    shown = _menu(monkeypatch, NavGroup("ACCOUNT", "G", "Grupa"), alone, *_entries(3))
    assert [link.label for link in shown.links] == ["Grupa", "Pierwsze"]
    assert shown.links[0].href == reverse("profile")
    assert [link.label for link in shown.links[0].below] == list(NAMES[:3])
    assert shown.groups == ()


def test_a_group_of_two_shows_them_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _menu(monkeypatch, NavGroup("ACCOUNT", "G", "Grupa"), *_entries(2))
    assert [link.label for link in shown.links] == list(NAMES[:2])


def test_what_one_may_not_open_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    group, hidden = NavGroup("ACCOUNT", "G", "Grupa"), NavEntry("ACCOUNT", "places", "Tajne")
    secret = NavEntry("ACCOUNT", "home", "Inne", may=lambda person: person == "A", group="G")
    missing = NavEntry("ACCOUNT", "no:such", "Nie ma", group="G")
    given = (group, secret, missing, hidden, *_entries(2))
    assert len(_menu(monkeypatch, *given, person="B").links) == 3


@pytest.mark.parametrize(
    ("at", "current"),
    [("inbox", ["true", ""]), ("places", ["", "page"]), ("accessibility", ["", ""])],
)
def test_where_one_is_is_marked_in_both_rows(
    monkeypatch: pytest.MonkeyPatch, at: str, current: list[str]
) -> None:
    alone = NavEntry("ACCOUNT", "places", "Ostatnie")
    given = (NavGroup("ACCOUNT", "G", "Grupa"), alone, *_entries(3))
    shown = _menu(monkeypatch, *given, at=reverse(at))
    assert [link.current for link in shown.links] == current
    below = [link.current for group in shown.groups for link in group.below]
    assert below == (["", "page", ""] if at == "inbox" else [])
    last = shown.here[-1].label if shown.here else ""
    assert last == {"inbox": "inbox", "places": "Ostatnie"}.get(at, "")


def test_a_group_in_a_group_has_a_row_of_its_own_from_two_entries_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outer, inner = NavGroup("ACCOUNT", "G", "Grupa"), NavGroup("ACCOUNT", "I", "W środku", "G")
    alone = [NavEntry("ACCOUNT", name, name, group="G") for name in NAMES[2:]]
    some = [NavEntry("ACCOUNT", name, name, group="I", order=-1) for name in NAMES[:2]]
    shown = _menu(monkeypatch, outer, inner, *some, *alone, at=reverse("inbox"))
    assert [link.label for link in shown.here] == ["Grupa", "W środku", "inbox"]
    first, second = shown.groups
    assert [link.label for link in first.below] == ["W środku", *NAMES[2:]]
    assert [link.label for link in second.below] == list(NAMES[:2])
    shown = _menu(monkeypatch, outer, inner, some[0], *alone)
    assert [link.label for link in shown.links[0].below] == [NAMES[0], *NAMES[2:]]


def test_a_page_that_lies_elsewhere_belongs_to_the_entry_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = NavEntry("ACCOUNT", "places", "Miejsca", also=("accessibility",))
    (link,) = _menu(monkeypatch, entry, at=reverse("accessibility")).links
    assert link.current == "true"


def test_a_page_below_that_has_an_entry_of_its_own_marks_that_one_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    security = NavEntry("ACCOUNT", "account_security", "A")
    factors = NavEntry("ACCOUNT", "mfa_index", "B")
    shown = _menu(monkeypatch, security, factors, at=reverse("mfa_index"))
    assert [link.current for link in shown.links] == ["", "page"]
