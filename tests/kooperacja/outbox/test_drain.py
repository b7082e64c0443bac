"""What waits in an outbox is handled, whatever becomes of the worker or of the message beside it."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.actions import ask_outside
from kooperacja.notifications.models import Outgoing
from kooperacja.notifications.tasks import drain_all, forget_old_messages
from kooperacja.outbox.drain import FIRST_WAIT, LEASE, OFTEN, back_off, drain, take_turn
from kooperacja.outbox.models import OutboxMessage
from kooperacja.outside import outside
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.outbox.messages import Seen, get, put
from tests.traps import own_transactions

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_messages_are_handled_once_and_forget_what_they_carried(db: None) -> None:
    put("one", secret="abc")
    put("two")
    seen = Seen()
    assert [drain(OutgoingMessage, {"TESTED": seen}) for _ in range(2)] == [2, 0]
    assert seen.names == ["one", "two"]
    assert get("one").payload == {}
    assert get("one").done_at is not None


def test_the_same_dedupe_is_one_message(db: None) -> None:
    put("one", text="first")
    put("one", text="second")
    assert OutgoingMessage.objects.get().payload == {"text": "first"}


def test_a_rolled_back_transaction_asks_for_nothing(db: None) -> None:
    savepoint = transaction.savepoint(using="shared")
    put("one")
    transaction.savepoint_rollback(savepoint, using="shared")
    assert drain(OutgoingMessage, {"TESTED": Seen()}) == 0


def test_a_poison_message_does_not_stop_the_rest(db: None) -> None:
    for name in ("one", "poison", "three"):
        put(name)
    seen = Seen(failing=("poison",))
    drain(OutgoingMessage, {"TESTED": seen})
    assert seen.names == ["one", "poison", "three"]
    assert get("poison").done_at is None
    assert get("three").done_at is not None


def test_a_failure_keeps_its_type_but_no_words(db: None) -> None:
    put("poison", text="x")
    drain(OutgoingMessage, {"TESTED": Seen(failing=("poison",))})
    assert get("poison").last_error == "ValueError"
    assert get("poison").payload == {"text": "x"}


def test_a_kind_without_handler_waits(db: None) -> None:
    put("strange", kind="STRANGE")
    assert drain(OutgoingMessage, {}) == 1
    assert (get("strange").done_at, get("strange").last_error) == (None, "KeyError")


def test_a_failed_message_is_tried_again_later_and_later(
    db: None, noon: time_machine.Traveller
) -> None:
    put("poison")
    seen = Seen(failing=("poison",))
    tried = []
    for second in range(0, 120, 5):
        noon.move_to(NOON + timedelta(seconds=second))
        if drain(OutgoingMessage, {"TESTED": seen}):
            tried.append(second)
    assert tried == [0, 15, 45, 105]
    assert get("poison").attempts == 4


def test_what_a_failing_handler_wrote_is_undone(db: None) -> None:
    def half(message: OutboxMessage, tenant: object) -> None:
        put("written by half")
        raise ValueError

    put("half")
    drain(OutgoingMessage, {"TESTED": half})
    assert [message.dedupe for message in OutgoingMessage.objects.all()] == ["half"]


def test_a_batch_has_an_end(db: None) -> None:
    for n in range(3):
        put(f"{n}")
    assert drain(OutgoingMessage, {"TESTED": Seen()}, limit=2) == 2
    assert OutgoingMessage.objects.filter(done_at=None).count() == 1


def test_a_worker_that_dies_over_a_message_leaves_it_for_later(
    db: None, noon: time_machine.Traveller
) -> None:
    def die(message: OutboxMessage, tenant: object) -> None:
        raise SystemExit  # what no handler's `except Exception` stops

    put("one")
    put("two")
    with pytest.raises(SystemExit):
        drain(OutgoingMessage, {"TESTED": die})
    assert get("one").done_at is None
    seen = Seen()
    drain(OutgoingMessage, {"TESTED": seen})
    noon.shift(60)
    drain(OutgoingMessage, {"TESTED": seen})
    assert seen.names == ["two", "one"]


def test_two_drains_at_once_handle_each_message_once(fresh_database: str) -> None:
    for n in range(20):
        put(f"{n}")
    names: list[str] = []
    together = threading.Barrier(2)

    def handle(message: OutboxMessage, tenant: object) -> None:
        names.append(message.dedupe)

    def work() -> None:
        try:
            together.wait()
            drain(OutgoingMessage, {"TESTED": handle})
        finally:
            connections["shared"].close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names, key=int) == [str(n) for n in range(20)]


def test_a_slow_handler_is_not_repeated_while_it_runs(fresh_database: str) -> None:
    """The wait is over before the handler is, and a second worker comes."""
    put("slow")
    others: list[int] = []

    def meanwhile() -> None:
        try:
            OutgoingMessage.objects.count()
            others.append(drain(OutgoingMessage, {"TESTED": Seen()}))
        finally:
            connections["shared"].close()

    def slow(message: OutboxMessage, tenant: object) -> None:
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
            thread = threading.Thread(target=meanwhile)
            thread.start()
            thread.join()

    drain(OutgoingMessage, {"TESTED": slow})
    assert others == [0]
    assert get("slow").done_at is not None


def _sent(work: Callable[[], object]) -> Callable[[OutboxMessage, object], None]:
    """A handler whose work is outside the database."""
    return lambda message, tenant: put(f"{outside('sent', work)} sent")


def test_outside_work_is_done_once_and_while_nothing_is_locked(fresh_database: str) -> None:
    """A second worker comes meanwhile, when the wait is over but not the lease."""
    put("letter")
    open_meanwhile, others = [], []

    def elsewhere() -> None:
        try:
            with time_machine.travel(datetime.now(UTC) + FIRST_WAIT):
                others.append(drain(OutgoingMessage, {"TESTED": Seen()}))
        finally:
            connections["shared"].close()

    def send() -> str:
        open_meanwhile.append(own_transactions("shared"))
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        return "letter"

    drain(OutgoingMessage, {"TESTED": _sent(send)}, limit=1)
    assert (open_meanwhile, others) == ([0], [0])
    assert get("letter").done_at is not None
    assert get("letter sent").done_at is None


def test_outside_work_that_fails_is_tried_again_after_its_wait(
    db: None, noon: time_machine.Traveller
) -> None:
    tries: list[int] = []

    def send() -> str:
        tries.append(len(tries))
        if len(tries) < 3:
            raise OSError
        return "letter"

    put("letter")
    for second in (0, 15, 45):
        noon.move_to(NOON + timedelta(seconds=second))
        assert get("letter").done_at is None
        drain(OutgoingMessage, {"TESTED": _sent(send)}, limit=1)
    assert (len(tries), get("letter").last_error) == (3, "")
    assert get("letter").done_at is not None


def test_a_worker_that_dies_over_outside_work_leaves_it_until_the_lease_ends(
    db: None, noon: time_machine.Traveller
) -> None:
    def die() -> None:
        raise SystemExit

    put("letter")
    with pytest.raises(SystemExit):
        drain(OutgoingMessage, {"TESTED": _sent(die)})
    noon.shift(LEASE - timedelta(seconds=1))
    assert drain(OutgoingMessage, {"TESTED": Seen()}) == 0
    noon.shift(1)
    assert drain(OutgoingMessage, {"TESTED": Seen()}) == 1
    assert get("letter").done_at is not None


def test_who_comes_back_after_the_lease_marks_nothing(
    db: None, noon: time_machine.Traveller
) -> None:
    def too_slow() -> str:
        noon.shift(LEASE)
        assert drain(OutgoingMessage, {"TESTED": Seen()}) == 1
        return "letter"

    put("letter")
    drain(OutgoingMessage, {"TESTED": _sent(too_slow)})
    assert [message.dedupe for message in OutgoingMessage.objects.all()] == ["letter"]
    assert get("letter").attempts == 2


def test_a_turn_ends_when_others_have_waited_long_enough(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        put(f"{n}")
    monkeypatch.setattr("kooperacja.outbox.drain.TURN_SECONDS", 0.0)
    assert take_turn(OutgoingMessage) is True
    assert OutgoingMessage.objects.filter(done_at=None).count() == 3


def test_after_a_turn_that_found_little_nothing_is_left(db: None) -> None:
    assert take_turn(OutgoingMessage) is False


def test_what_failed_often_is_told_louder(
    db: None, noon: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    put("poison")
    for n in range(OFTEN):
        noon.move_to(NOON + timedelta(hours=2 * n))
        drain(OutgoingMessage, {"TESTED": Seen(failing=("poison",))})
    levels = [record.levelname for record in caplog.records]
    assert levels == ["ERROR"]
    drain_all()
    assert REGISTRY.get_sample_value("kooperacja_outbox_failing", {"plane": "shared"}) == 1


def test_the_oldest_message_that_is_due_says_how_long_it_waited(
    db: None, noon: time_machine.Traveller
) -> None:
    put("old")
    noon.shift(timedelta(minutes=20))
    put("new")
    drain_all()
    oldest = [
        REGISTRY.get_sample_value("kooperacja_outbox_oldest_seconds", {"plane": plane})
        for plane in ("shared", "tenants")
    ]
    assert oldest == [1200, 0]


def test_what_was_done_long_ago_is_forgotten(db: None, gmina: TenantRef) -> None:
    put("old")
    put("new")
    put("undone")
    long_ago = datetime.now(UTC) - timedelta(days=31)
    OutgoingMessage.objects.filter(dedupe="old").update(done_at=long_ago)
    OutgoingMessage.objects.filter(dedupe="new").update(done_at=datetime.now(UTC))
    OutgoingMessage.objects.filter(dedupe="undone").update(created_at=long_ago)
    with inside(gmina):
        ask_outside(kind="TESTED", payload={}, dedupe="old")
        Outgoing.objects.update(done_at=long_ago)
    forget_old_messages()
    left = OutgoingMessage.objects.values_list("dedupe", flat=True)
    assert sorted(left) == ["new", "undone"]
    with inside(gmina):
        assert not Outgoing.objects.exists()


def test_each_wait_is_twice_as_long_as_the_one_before() -> None:
    assert [back_off(n) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (15, 30, 60)]


@given(st.integers(1, 10**6))
def test_no_wait_is_longer_than_an_hour(attempts: int) -> None:
    assert timedelta(0) < back_off(attempts) <= timedelta(hours=1)
