"""A mailbox is read without losing a message, and without taking one twice."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from kooperacja.documents import slots
from kooperacja.incoming import mailbox, tasks
from kooperacja.incoming.address import reply_address
from kooperacja.incoming.mailbox import read_mailbox
from kooperacja.incoming.models import ReceivedMail
from kooperacja.incoming.reading import MOST_BYTES
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.imap_server import Mailbox, serving
from tests.kooperacja.incoming.conftest import Handed
from tests.kooperacja.incoming.messages import message

ROW = UUID("01936b3e-7b1a-7c3f-8a5d-1f2e3d4c5b6a")


@pytest.fixture
def imap(settings: Any, tmp_path: Any) -> Iterator[Mailbox]:
    settings.VAR_DIR = tmp_path
    with serving(Mailbox()) as server:
        settings.INCOMING_IMAP_URL = server.url
        yield server


def letter(tenant: TenantRef, number: int = 1, **headers: str) -> bytes:
    with inside(tenant):
        to = reply_address("udzial", ROW)
    return message(to, Message_ID=f"<{number}@szkola.example.pl>", **headers).as_bytes()


def test_a_message_is_marked_when_it_was_taken_and_not_read_again(
    gmina: TenantRef, handed: Handed, imap: Mailbox
) -> None:
    kept = imap.put(letter(gmina))
    assert [read_mailbox(), read_mailbox()] == [1, 0]
    assert (kept.flags, kept.folder, len(handed.taken)) == ({r"\Seen"}, "INBOX", 1)


def test_what_was_taken_is_moved_where_the_settings_say_so(
    gmina: TenantRef, handed: Handed, imap: Mailbox, settings: Any
) -> None:
    settings.INCOMING_IMAP_DONE = "Przyjete odpowiedzi"
    taken, foreign = imap.put(letter(gmina)), imap.put(message("kto@inny.example").as_bytes())
    assert read_mailbox() == 2
    assert (taken.folder, foreign.folder) == ("Przyjete odpowiedzi", "INBOX")
    assert r"\Seen" in foreign.flags


def test_what_is_for_nobody_or_of_a_program_is_marked_and_stays(
    gmina: TenantRef, handed: Handed, imap: Mailbox
) -> None:
    for content in (
        message("kto@inny.example").as_bytes(),
        letter(gmina, Auto_Submitted="auto-replied"),
        b"From: a@example.pl, b@example.pl\r\n\r\nx",
        b"x" * (MOST_BYTES + 100),
    ):
        imap.put(content)
    assert [read_mailbox(), read_mailbox()] == [4, 0]
    assert handed.taken == []


def test_what_could_not_be_taken_is_not_marked_as_seen_and_waits_behind_new_ones(
    gmina: TenantRef, handed: Handed, imap: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "BATCH", 1)
    waits, handed.error = imap.put(letter(gmina, 1)), RuntimeError()
    read_mailbox()
    assert waits.flags == {"kooperacja-later"}
    handed.error = None
    new = imap.put(letter(gmina, 2))
    read_mailbox()
    assert (r"\Seen" in new.flags, r"\Seen" in waits.flags) == (True, False)
    read_mailbox()
    assert r"\Seen" in waits.flags


def test_a_server_that_keeps_no_marks_of_ours_brings_it_again(
    gmina: TenantRef, handed: Handed, imap: Mailbox
) -> None:
    imap.keeps_marks = False
    waits, handed.error = imap.put(letter(gmina)), RuntimeError()
    read_mailbox()
    handed.error = None
    read_mailbox()
    assert waits.flags == {r"\Seen"}


@pytest.mark.parametrize("command", ["SEARCH", "FETCH", "STORE", "SELECT", "LOGIN"])
def test_a_server_that_hangs_up_loses_nothing_and_repeats_nothing(
    gmina: TenantRef, handed: Handed, imap: Mailbox, command: str
) -> None:
    kept, imap.breaks_at = imap.put(letter(gmina)), command
    tasks.read_mailbox()
    assert kept.flags == set()
    tasks.read_mailbox()
    assert (kept.flags, len(handed.taken)) == ({r"\Seen"}, 1)


def test_one_reads_it_at_a_time(gmina: TenantRef, handed: Handed, imap: Mailbox) -> None:
    imap.put(letter(gmina))
    with slots.taken({"mailbox": 1}):
        tasks.read_mailbox()
    assert (imap.said, handed.taken) == ([], [])


def test_a_turn_ends_in_time(
    gmina: TenantRef, handed: Handed, imap: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.put(letter(gmina))
    monkeypatch.setattr(mailbox, "TURN_SECONDS", -1.0)
    assert (read_mailbox(), handed.taken) == (0, [])


def test_a_wrong_password_or_a_server_that_is_away_ends_no_worker(
    db: None, imap: Mailbox, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.INCOMING_IMAP_URL = imap.url.replace("tajne", "inne")
    tasks.read_mailbox()
    settings.INCOMING_IMAP_URL = "imap://a:b@127.0.0.1:1"
    tasks.read_mailbox()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "mailbox not read: error",
        "mailbox not read: ConnectionRefusedError",
    ]


def test_a_password_goes_to_another_machine_only_under_tls(
    imap: Mailbox, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "_LOOPBACK", frozenset())
    tasks.read_mailbox()
    assert not [said for said in imap.said if said.startswith("LOGIN")]


def test_a_site_with_a_pipe_reads_no_mailbox(settings: Any, imap: Mailbox) -> None:
    settings.INCOMING_IMAP_URL = ""
    tasks.read_mailbox()
    assert imap.said == []


def test_what_was_handed_over_long_ago_is_forgotten(gmina: TenantRef, handed: Handed) -> None:
    with inside(gmina):
        ReceivedMail.objects.create(key="old")
        ReceivedMail.objects.update(received_at=timezone.now() - timedelta(days=91))
        ReceivedMail.objects.create(key="new")
    tasks.forget_received(str(gmina.id))
    with inside(gmina):
        assert [row.key for row in ReceivedMail.objects.order_by("id")] == ["new"]
