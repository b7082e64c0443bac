"""The same message at the same moment, from a pipe and from a mailbox, is handed over once."""

import threading
from typing import Any

import pytest
from django.db import connections
from uuid6 import uuid7

from kooperacja.incoming import receiving
from kooperacja.incoming.address import reply_address
from kooperacja.incoming.mail import Incoming, MailHandler
from kooperacja.incoming.models import ReceivedMail
from kooperacja.incoming.receiving import Outcome, take
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests.kooperacja.incoming.messages import message

BOTH = 2


def test_two_at_once_hand_it_over_once(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    with inside(gmina):
        content = message(reply_address("udzial", uuid7())).as_bytes()
    facts, meet, calls = receiving._read(content, ""), threading.Barrier(BOTH), list[Incoming]()

    def read(content: bytes, to: str) -> Any:
        meet.wait()
        return dict(facts or {})

    def handle(incoming: Incoming, tenant: TenantRef) -> None:
        calls.append(incoming)

    handlers = {"udzial": MailHandler("udzial", handle)}
    monkeypatch.setattr(receiving, "_read", read)
    monkeypatch.setattr(receiving, "handlers", lambda: handlers)
    ends: list[Outcome] = []

    def come() -> None:
        ends.append(take(content))
        connections.close_all()

    threads = [threading.Thread(target=come) for _ in range(BOTH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(ends), len(calls)) == ([Outcome.REPEATED, Outcome.TAKEN], 1)
    with inside(gmina):
        assert ReceivedMail.objects.count() == 1
