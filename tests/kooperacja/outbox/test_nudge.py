"""Workers are told after the commit; a broker that is gone neither fails nor delays anybody."""

import socket
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import transaction
from kombu import Connection

from kooperacja.celery import app
from kooperacja.notifications.actions import ask_outside
from kooperacja.outbox import nudge
from kooperacja.outbox.nudge import PATIENCE
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.outbox.messages import get, put

Told = list[tuple[str, tuple[str, ...]]]


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudge, "_rests_until", 0.0)


class Keys:
    """What Redis would remember of nudges."""

    def __init__(self) -> None:
        self.kept: set[str] = set()

    def set(self, key: str, value: int, *, nx: bool, px: int) -> bool:
        is_new = key not in self.kept
        self.kept.add(key)
        return is_new

    def delete(self, key: str) -> None:
        self.kept.discard(key)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    told: Told = []
    keys = Keys()
    monkeypatch.setattr(nudge, "_connection", lambda: None)
    monkeypatch.setattr(nudge, "_broker", lambda connection: keys)
    monkeypatch.setattr(app, "send_task", lambda task, args, **_: told.append((task, tuple(args))))
    return told


def test_a_transaction_nudges_once_and_after_its_commit(
    gmina: TenantRef, told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(using="default", execute=True), inside(gmina):
        for n in range(3):
            ask_outside(kind="TESTED", payload={}, dedupe=f"{n}")
        assert told == []
    assert told == [(nudge.TENANT_DRAIN, (str(gmina.id),))]


def test_a_nudge_outlives_the_rollback_of_an_inner_block(
    db: None, told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(using="shared", execute=True):
        savepoint = transaction.savepoint(using="shared")
        put("inner")
        transaction.savepoint_rollback(savepoint, using="shared")
        put("outer")
    assert told == [(nudge.SHARED_DRAIN, ())]


def test_what_was_nudged_and_has_not_begun_is_not_nudged_again(told: Told) -> None:
    assert [nudge.nudge(nudge.TENANT_DRAIN, tenant) for tenant in ("a", "a", "b")] == [True] * 3
    assert told == [(nudge.TENANT_DRAIN, ("a",)), (nudge.TENANT_DRAIN, ("b",))]


def test_what_comes_after_the_drain_began_nudges_anew(told: Told) -> None:
    nudge.nudge(nudge.SHARED_DRAIN)
    nudge.begin(nudge.SHARED_DRAIN)
    nudge.nudge(nudge.SHARED_DRAIN)
    assert told == [(nudge.SHARED_DRAIN, ())] * 2


def test_a_drain_begins_without_a_broker_too() -> None:
    nudge.begin(nudge.SHARED_DRAIN)


def test_a_block_inside_the_transaction_nudges_no_second_time(
    db: None, told: Told, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(using="shared", execute=True):
        with transaction.atomic(using="shared"):
            put("inner")
        put("outer")
    assert told == [(nudge.SHARED_DRAIN, ())]


def test_a_request_does_not_notice_that_the_broker_is_gone(fresh_database: str) -> None:
    with transaction.atomic(using="shared"):
        put("one")
    assert get("one").done_at is None
    assert nudge._rests_until > 0  # it was asked


def test_a_broker_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        monkeypatch.setattr(
            nudge, "_connection", lambda: Connection(url, transport_options=PATIENCE)
        )
        assert nudge.nudge(nudge.SHARED_DRAIN) is False
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):  # who is not answered does not come again
            silent.accept()
    assert PATIENCE["socket_connect_timeout"] + PATIENCE["socket_timeout"] < 1


def test_after_a_failure_nobody_asks_the_broker_again_until_it_has_rested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broker, clock = Mock(side_effect=ConnectionError), Mock()
    clock.monotonic.return_value = 100.0
    monkeypatch.setattr(nudge, "_broker", broker)
    monkeypatch.setattr(nudge, "time", clock)
    assert [nudge.nudge(nudge.SHARED_DRAIN) for _ in range(100)] == [False] * 100
    assert broker.call_count == 1
    clock.monotonic.return_value += nudge.REST_SECONDS
    assert nudge.nudge(nudge.SHARED_DRAIN) is False
    assert broker.call_count == 2
