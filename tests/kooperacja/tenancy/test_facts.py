"""Facts of a tenant: asked once while nothing can be written, else each time (adr/0020)."""

from collections import Counter

import pytest

from kooperacja.tenancy.context import current_tenant, facts_known, inside, reading, writing
from kooperacja.tenancy.facts import fact
from kooperacja.tenancy.ref import TenantRef

asked: Counter[str] = Counter()


@fact
def place_of(name: str) -> tuple[str, str]:
    asked[name] += 1
    return name, current_tenant().schema


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def test_while_one_only_reads_a_question_is_asked_once(gmina: TenantRef) -> None:
    with inside(gmina), reading():
        assert place_of("a") is place_of("a")
        assert place_of("b") == ("b", gmina.schema)
    assert asked == {"a": 1, "b": 1}


def test_where_something_may_be_written_it_is_asked_each_time(gmina: TenantRef) -> None:
    with inside(gmina):
        place_of("a")
        place_of("a")
    assert asked == {"a": 2}


def test_a_page_that_writes_after_all_knows_nothing_from_before(gmina: TenantRef) -> None:
    with inside(gmina), reading():
        place_of("a")
        with writing():
            place_of("a")
            place_of("a")
        place_of("a")
        place_of("a")
    assert asked == {"a": 4}


def test_the_next_request_asks_anew(gmina: TenantRef) -> None:
    for _ in range(2):
        with inside(gmina), reading():
            place_of("a")
        with reading(), inside(gmina):
            place_of("a")
    assert asked == {"a": 4}


def test_no_tenant_knows_anything_of_another(gmina: TenantRef, powiat: TenantRef) -> None:
    with reading(), inside(gmina):
        here = place_of("a")
        with inside(powiat):
            there = place_of("a")
        again = place_of("a")
        assert facts_known() is not None
    assert (here, there, again) == (("a", gmina.schema), ("a", powiat.schema), here)
    assert asked == {"a": 3}


def test_outside_a_tenant_nothing_is_known() -> None:
    with reading():
        assert facts_known() is None


def test_a_question_that_fails_is_asked_again(gmina: TenantRef) -> None:
    @fact
    def fails_once() -> int:
        asked["once"] += 1
        if asked["once"] == 1:
            raise LookupError
        return asked["once"]

    with inside(gmina), reading():
        with pytest.raises(LookupError):
            fails_once()
        assert (fails_once(), fails_once()) == (2, 2)
