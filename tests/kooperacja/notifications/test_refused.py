"""A server that will not take a mail for its address is not asked again; any other is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from uuid6 import uuid7

from kooperacja.notifications.base import Recipient, send
from kooperacja.notifications.models import Delivery, Outgoing, Returned
from kooperacja.outbox.drain import drain, handlers
from kooperacja.returns import GIVES_UP, reason_of
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationAccepted
from tests.mail_server import MailServer, serving

SCHOOL = "sekretariat@szkola.example.pl"


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with serving(MailServer(), settings) as server:
        server.refuses = lambda address: True
        yield server


def given(server: MailServer, answer: bytes) -> Outgoing:
    server.refusal = answer
    news = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")
    send(news, to=[Recipient(email=SCHOOL)], dedupe="accepted:1")
    drain(Outgoing, handlers())
    return Outgoing.objects.get()


@pytest.mark.parametrize(
    ("answer", "status"),
    [(b"550 5.1.1 User unknown", "5.1.1"), (b"550 No such user here", "")],
)
def test_a_refusal_of_the_address_is_kept_and_ends_the_trying(
    in_gmina: TenantRef, server: MailServer, answer: bytes, status: str
) -> None:
    row = given(server, answer)
    assert (row.attempts, row.payload) == (1, {})
    assert row.done_at is not None
    kept = Returned.objects.get()
    assert (kept.outbox_id, kept.email, kept.code) == (row.pk, SCHOOL, "DECLARATION_ACCEPTED")
    assert (kept.is_final, kept.status, kept.said) == (True, status, answer.decode())
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "answer",
    [
        b"451 later",
        b"554 5.7.1 Relay access denied",
        b"550 relay not permitted",
        b"553 5.7.1 Sender address rejected: not owned by user",
        b"550 5.1.8 Sender address rejected: Domain not found",
        b"530 Authentication required",
    ],
)
def test_what_may_be_our_own_fault_waits_and_a_week_later_only_a_5xx_ends(
    in_gmina: TenantRef, server: MailServer, answer: bytes
) -> None:
    assert given(server, answer).done_at is None
    assert not Returned.objects.exists()
    with time_machine.travel(datetime.now(UTC) + GIVES_UP + timedelta(hours=1)):
        drain(Outgoing, handlers())
    assert Returned.objects.exists() is answer.startswith(b"5")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", "nie ma takiej skrzynki"),
        ("4.2.2", "skrzynka jest pełna"),
        ("5.2.1", "skrzynka jest wyłączona"),
        ("5.4.4", "nie ma serwera poczty, który wskazuje ten adres"),
        ("4.4.7", "serwer odbiorcy nie odpowiada"),
        ("", "serwer odbiorcy nie przyjmuje poczty pod ten adres"),
    ],
)
def test_the_reason_is_said_in_words(status: str, words: str) -> None:
    assert reason_of(status, is_final=True) == words
