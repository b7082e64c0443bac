"""Reminders: of what is undone, at most four for one thing, then whoever runs it is told once."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from kooperacja.notifications.base import Recipient
from kooperacja.notifications.models import Outgoing, Reminded
from kooperacja.notifications.reminders import Due, is_over, remind, settle_reminders
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationReminded
from tests.budget import cases

OWNER, CHAIR = Recipient(account_id=uuid4()), Recipient(account_id=uuid4())


def due(thing: UUID, occasion: str) -> Callable[[], Due]:
    message = DeclarationReminded(thing, "Szkoła")
    return lambda: Due(message, occasion, to=[OWNER], runs=[CHAIR])


def told(who: Recipient) -> list[str]:
    """The titles of what waits for somebody."""
    rows = Outgoing.objects.filter(kind="INBOX", payload__account_id=str(who.account_id))
    return [row.payload["title"] for row in rows.order_by("id")]


def test_the_fourth_is_the_last_and_whoever_runs_it_hears_once(in_gmina: TenantRef) -> None:
    thing, title = uuid7(), "Deklaracja czeka na złożenie: Szkoła"
    sent = [remind(thing, due(thing, f"{day}")) for day in range(6)]
    assert sent == [True] * 4 + [False] * 2
    assert told(OWNER) == [title] * 4
    assert told(CHAIR) == [f"{title} (ostatnie przypomnienie)"]
    assert is_over(thing)


def test_the_same_occasion_reminds_once(in_gmina: TenantRef) -> None:
    thing, other = uuid7(), uuid7()
    assert [remind(thing, due(thing, "before")) for _ in range(3)] == [True, False, False]
    assert remind(other, due(other, "before"))
    assert (len(told(OWNER)), told(CHAIR), is_over(thing)) == (2, [], False)


def test_what_is_done_is_not_reminded_of(in_gmina: TenantRef) -> None:
    assert remind(uuid7(), lambda: None) is False
    assert not Reminded.objects.exists()
    assert not Outgoing.objects.exists()


def test_a_reminder_that_fails_is_not_counted(in_gmina: TenantRef) -> None:
    thing = uuid7()
    nobody = Due(DeclarationReminded("?", "Szkoła"), "before", to=[OWNER], runs=[])  # type: ignore[arg-type]
    with pytest.raises(NoReverseMatch), transaction.atomic():
        remind(thing, lambda: nobody)
    assert not Reminded.objects.exists()


def test_what_is_done_leaves_every_inbox(in_gmina: TenantRef) -> None:
    thing = uuid7()
    for day in range(4):
        remind(thing, due(thing, f"{day}"))
    settle_reminders(thing)
    settled = Outgoing.objects.filter(kind="INBOX_DONE").values_list("payload", flat=True)
    ids = {pk for payload in settled for pk in payload["source_ids"]}
    assert ids == {str(row.pk) for row in Outgoing.objects.filter(kind="INBOX")}
    assert len(ids) == 5


@pytest.mark.parametrize("number", [0, 5])
def test_the_database_knows_the_measure(in_gmina: TenantRef, number: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminded.objects.create(object_id=uuid7(), number=number, occasion="before")
    assert not Reminded.objects.exists()


@settings(max_examples=cases(20))
@given(days=st.lists(st.integers(0, 9), max_size=12), done=st.integers(0, 12))
def test_of_one_thing_there_are_four_at_most_and_none_when_it_is_done(
    in_gmina: TenantRef, days: list[int], done: int
) -> None:
    thing = uuid7()
    for turn, day in enumerate(days):
        remind(thing, due(thing, f"{day}") if turn < done else lambda: None)
    expected = min(4, len(set(days[:done])))
    assert Reminded.objects.filter(object_id=thing).count() == expected
    rows = Outgoing.objects.filter(kind="INBOX", dedupe__contains=str(thing))
    assert rows.count() == expected + (expected == 4)
