"""Every list in which one looks for words: its query grows evenly with them, up to a limit."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.ui.search import MAX_WORDS, is_matching, words_of
from tests.declared import Page, SharedPage, every
from tests.place import Place, Settled

WORDS = ["alfa", "brda", "cera", "dola", "echo", "fala", "gaza", "hala", "igla", "jama"]
Lists = list[tuple[Client, str]]
SEARCHES = re.compile(r'<input[^>]+name="szukaj"')


def _found(place: Place) -> Iterator[tuple[str, str]]:
    addresses = [("L", place.address(page)) for page in every(Page)]
    addresses += [("R", place.shared_address(page)) for page in every(SharedPage)]
    for visitor, at in addresses:
        seen = place.seen(visitor, at)
        if seen.status == 200 and SEARCHES.search(seen.html):
            yield visitor, at


@pytest.fixture(scope="module")
def found(settled: Settled, django_db_blocker: object) -> list[tuple[str, str]]:
    """Who comes to which list, found by its page: whatever shows a field to look for words."""
    with settled.visited(django_db_blocker) as place:
        return list(_found(place))


@pytest.fixture
def lists(found: list[tuple[str, str]], place: Place) -> Lists:
    return [(place.clients[visitor], at) for visitor, at in found]


def _asked(client: Client, at: str, words: list[str]) -> int:
    """The length of all that looks for the words."""
    with (
        CaptureQueriesContext(connections["default"]) as tenant,
        CaptureQueriesContext(connections["shared"]) as shared,
    ):
        assert client.get(at, {"szukaj": " ".join(words)}).status_code < 500, at
    return sum(len(query["sql"]) for query in [*tenant, *shared] if "translate(" in query["sql"])


def test_a_search_grows_evenly_with_its_words_in_every_list(lists: Lists) -> None:
    uneven = []
    for client, at in lists:
        lengths = [_asked(client, at, WORDS[:count]) for count in (2, 4, 6, 8)]
        steps = [after - before for before, after in pairwise(lengths)]
        if max(steps) > 1.1 * min(steps) + 50:
            uneven.append((at, lengths))
    assert len(lists) >= 8
    assert uneven == []


def test_more_words_than_are_looked_for_are_refused_in_words(lists: Lists) -> None:
    for client, at in lists:
        shown = client.get(at, {"szukaj": " ".join("abcdefghijklmnop")}).content.decode()
        shown = shown.replace("\N{NO-BREAK SPACE}", " ")
        assert f"Wpisz krótsze hasło: najwyżej {MAX_WORDS} słów i 100 znaków." in shown, at
        most = _asked(client, at, WORDS[:MAX_WORDS])
        assert _asked(client, at, ["a"] * 50) <= most, at


def test_nothing_else_builds_a_search() -> None:
    """So a new list can't have a way of its own."""
    files = [
        file
        for folder in ("platform", "tenants", "gmina", "powiat", "region", "api")
        for file in (Path(settings.ROOT) / folder).rglob("*.py")
        # By a code, by the whole name of a row, in words that were folded when they were kept.
        if file.name not in ("search.py", "polish.py", "counties.py", "importing.py")
        and file.parts[-2:] != ("directory", "finding.py")
    ]
    # Of an array it only asks for an element.
    builds = re.compile(r"\bFold\(|(?<!tags)__i?contains\b")
    own = [file.name for file in files if builds.search(file.read_text())]
    assert own == []


def test_words_are_looked_for_once_each_and_up_to_the_limit() -> None:
    assert words_of("Łąka łąka ŁĄKA  szkoła") == ["laka", "szkola"]
    assert len(words_of(" ".join(WORDS))) == MAX_WORDS


@pytest.mark.parametrize(("text", "is_there"), [("gmin gogolin", True), ("gogolin opole", False)])
def test_every_word_stands_somewhere_in_the_row(text: str, is_there: bool) -> None:
    assert is_matching(text, "Gmina Gogolin", "160502") is is_there


def test_a_search_that_cannot_be_made_shows_no_list_as_if_found(lists: Lists) -> None:
    for client, at in lists:
        for words in ("a" * 101, "a" * 100_000, " ".join("abcdefghijklmnop")):
            shown = client.get(at, {"szukaj": words}).content.decode()
            assert "Wpisz krótsze hasło" in shown, at
            assert "Upewnij się" not in shown, at
            assert 'role="rowheader"' not in shown, at
