"""A mail server hands a message over and learns by a code what became of it."""

from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from kooperacja.__main__ import cli
from kooperacja.cli.site import Site
from kooperacja.embedded.problems import SetupProblem
from kooperacja.incoming import receiving
from kooperacja.incoming.address import reply_address
from kooperacja.incoming.mail import Incoming, MailHandler
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.incoming.messages import message

ROW = UUID("01936b3e-7b1a-7c3f-8a5d-1f2e3d4c5b6a")


@pytest.fixture
def taken(in_gmina: TenantRef, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[Incoming]:
    """The messages that were handed over on this site."""
    taken: list[Incoming] = []
    handler = MailHandler("udzial", lambda incoming, tenant: taken.append(incoming))
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"
    monkeypatch.setattr(receiving, "handlers", lambda: {"udzial": handler})
    monkeypatch.setattr(Site, "enter", lambda site: None)
    monkeypatch.delenv("APP_DATABASE_URL", raising=False)
    return taken


def code_of(content: bytes, *options: str) -> int:
    """The code of the command, which never says anything to whoever sent the message."""
    result = CliRunner().invoke(cli, ["mail", "receive", *options], input=content)
    assert result.stdout == ""
    return result.exit_code


def test_a_message_is_taken_and_the_same_again_is_no_error(taken: list[Incoming]) -> None:
    content = message(reply_address("udzial", ROW)).as_bytes()
    assert [code_of(content), code_of(content)] == [0, 0]
    assert [incoming.row_id for incoming in taken] == [ROW]


def test_the_envelope_names_the_recipient(taken: list[Incoming]) -> None:
    content = message("kto@inny.example").as_bytes()
    assert code_of(content) == 67
    assert code_of(content, "--to", reply_address("udzial", ROW)) == 0
    assert len(taken) == 1


def test_each_refusal_has_its_code(taken: list[Incoming]) -> None:
    ours = reply_address("udzial", ROW)
    assert code_of(message(ours.replace("udzial", "zgoda")).as_bytes()) == 67
    assert code_of(b"From: a@example.pl, b@example.pl\r\n\r\nx") == 65
    assert code_of(b"x" * (11 * 1024 * 1024)) == 65
    assert code_of(message(ours, Auto_Submitted="auto-replied").as_bytes()) == 0
    assert taken == []


@pytest.mark.parametrize(
    "error", [SetupProblem("Brak bazy."), OSError("x"), SystemExit("PORT: …")], ids=type
)
def test_a_site_that_is_down_gets_it_later(
    taken: list[Incoming], monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def down(site: Site) -> None:
        raise error

    monkeypatch.setattr(Site, "enter", down)
    assert code_of(message(reply_address("udzial", ROW)).as_bytes()) == 75
    assert taken == []


def test_with_the_logins_of_a_worker_it_starts_no_server(
    taken: list[Incoming], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_DATABASE_URL", "postgres://app@baza/kooperacja")
    monkeypatch.delattr(Site, "enter")
    assert code_of(message(reply_address("udzial", ROW)).as_bytes()) == 0
