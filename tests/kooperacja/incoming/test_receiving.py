"""A message reaches the row its address names once, and nothing else happens."""

from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from kooperacja import offers
from kooperacja.documents import guarded
from kooperacja.documents.errors import Busy
from kooperacja.ical import PartStat
from kooperacja.incoming import receiving
from kooperacja.incoming.address import KIND, reply_address
from kooperacja.incoming.mail import MailHandler
from kooperacja.incoming.models import ReceivedMail
from kooperacja.incoming.reading import MOST_BYTES
from kooperacja.incoming.receiving import Outcome, take
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tenants.registry.models import Tenant
from tests.kooperacja.incoming.conftest import Handed
from tests.kooperacja.incoming.messages import REPLY, message, nested

ROW = UUID("01936b3e-7b1a-7c3f-8a5d-1f2e3d4c5b6a")


def address(tenant: TenantRef, row: UUID = ROW, kind: str = "udzial") -> str:
    with inside(tenant):
        return reply_address(kind, row)


def kept(tenant: TenantRef) -> int:
    with inside(tenant):
        return ReceivedMail.objects.count()


def test_a_message_reaches_its_row_inside_its_tenant(gmina: TenantRef, handed: Handed) -> None:
    assert take(message(address(gmina), calendar=REPLY).as_bytes()) == Outcome.TAKEN
    [(incoming, slug)] = handed.taken
    assert slug == gmina.slug
    assert (incoming.row_id, incoming.sender) == (ROW, "anna@szkola.example.pl")
    assert incoming.subject == "Odp.: Zaproszenie na spotkanie źdźbeł"
    assert incoming.text == "Będę, dziękuję."
    assert incoming.message_id == "<1@szkola.example.pl>"
    assert incoming.received_at.tzinfo is not None
    assert incoming.calendar is not None
    assert incoming.calendar.partstat is PartStat.DECLINED


def test_the_same_message_reaches_a_row_once(gmina: TenantRef, handed: Handed) -> None:
    content = message(address(gmina)).as_bytes()
    assert [take(content) for _ in range(3)] == [Outcome.TAKEN, *[Outcome.REPEATED] * 2]
    assert len(handed.taken) == kept(gmina) == 1


def test_a_message_without_a_name_is_known_by_what_it_says(
    gmina: TenantRef, handed: Handed
) -> None:
    nameless = [message(address(gmina), text, Message_ID="").as_bytes() for text in ("A", "A", "B")]
    assert [take(content) for content in nameless] == ["TAKEN", "REPEATED", "TAKEN"]
    assert [incoming.text for incoming, _ in handed.taken] == ["A", "B"]


def test_one_message_may_answer_for_two_rows(
    gmina: TenantRef, powiat: TenantRef, handed: Handed
) -> None:
    both = f"{address(gmina)}, {address(powiat, uuid7())}, {address(gmina)}"
    assert take(message(both).as_bytes()) == Outcome.TAKEN
    assert sorted(slug for _, slug in handed.taken) == [gmina.slug, powiat.slug]


def test_the_envelope_goes_before_the_headers(
    gmina: TenantRef, powiat: TenantRef, handed: Handed
) -> None:
    content = message(address(powiat)).as_bytes()
    assert take(content, to=address(gmina).upper()) == Outcome.TAKEN
    assert [slug for _, slug in handed.taken] == [gmina.slug]
    assert take(content, to="odpowiedzi@poczta.example.pl") == Outcome.NOBODY
    assert len(handed.taken) == 1


def test_a_forged_address_says_nothing_and_reaches_nobody(
    gmina: TenantRef, powiat: TenantRef, handed: Handed
) -> None:
    ours = address(gmina)
    forged = [
        f"{ours[:-30]}a{ours[-29:]}",
        ours.replace("udzial", "zgoda"),
        address(gmina, kind="zgoda"),  # sealed, and nobody handles its kind
        "odpowiedzi@poczta.example.pl",
        "kto@inny.example.pl",
    ]
    assert {take(message(to).as_bytes()) for to in forged} == {Outcome.NOBODY}
    assert {take(message(ours).as_bytes(), to=to) for to in forged} == {Outcome.NOBODY}
    assert (handed.taken, kept(gmina), kept(powiat)) == ([], 0, 0)


def test_a_unit_that_is_gone_is_no_address_and_one_that_pauses_takes_it_later(
    gmina: TenantRef, handed: Handed
) -> None:
    content = message(address(gmina)).as_bytes()
    for status, end in (("CLOSED", "NOBODY"), ("SUSPENDED", "LATER"), ("ACTIVE", "TAKEN")):
        Tenant.objects.filter(pk=gmina.id).update(status=status)
        directory.forget()
        assert take(content) == end
    assert len(handed.taken) == 1


def test_what_a_handler_could_not_do_is_done_later(gmina: TenantRef, handed: Handed) -> None:
    content = message(address(gmina)).as_bytes()
    handed.error = RuntimeError("anna@szkola.example.pl")
    assert (take(content), kept(gmina)) == (Outcome.LATER, 0)
    handed.error = None
    assert (take(content), kept(gmina)) == (Outcome.TAKEN, 1)


def test_a_log_names_no_sender_and_no_word(
    gmina: TenantRef, handed: Handed, caplog: pytest.LogCaptureFixture
) -> None:
    handed.error = RuntimeError("anna@szkola.example.pl")
    with caplog.at_level("INFO"):
        take(message(address(gmina)).as_bytes())
        take(message("x", Auto_Submitted="auto-replied").as_bytes())
    assert [record.getMessage() for record in caplog.records] == [
        "handler of mail udzial failed: RuntimeError",
        "incoming mail: LATER",
        "incoming mail: DROPPED",
    ]


def test_no_loop_begins(gmina: TenantRef, handed: Handed) -> None:
    for headers in ({"Auto_Submitted": "auto-replied"}, {"Return_Path": "<>"}):
        content = message(address(gmina), **headers).as_bytes()
        assert take(content) == Outcome.DROPPED
    assert (handed.taken, kept(gmina)) == ([], 0)


def test_a_message_of_ten_megabytes_is_taken_and_one_sign_more_is_not_read(
    gmina: TenantRef, handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = message(address(gmina)).as_bytes() + (b"x" * 75 + b"\n") * (MOST_BYTES // 76)
    content = lines[: MOST_BYTES - 1] + b"\n"
    assert take(content) == Outcome.TAKEN
    monkeypatch.setattr(guarded, "run", None)
    assert take(content + b"\n") == Outcome.UNUSABLE
    assert len(handed.taken) == 1


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize(
    "content",
    [b"From: " + b"(" * 40_000, nested(200), b"\xff" * 1000],
    ids=["bottomless", "deep", "noise"],
)
def test_a_bomb_ends_in_a_program_of_its_own(
    gmina: TenantRef, handed: Handed, content: bytes
) -> None:
    assert take(content, to=address(gmina)) == Outcome.UNUSABLE
    assert (handed.taken, kept(gmina)) == ([], 0)


def _dies(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is ended by somebody so many times."""
    reads, left = guarded._answer, iter(range(times))

    def answer(module: str, given: bytes) -> tuple[bytes, int | None]:
        return reads(module, given) if next(left, None) is None else (b"", -9)

    monkeypatch.setattr(guarded, "_answer", answer)


def test_a_reader_that_was_killed_loses_no_message(
    gmina: TenantRef, handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _dies(1, monkeypatch)
    assert take(message(address(gmina)).as_bytes()) == Outcome.TAKEN


def test_a_reader_that_dies_of_the_message_gives_it_up(
    gmina: TenantRef, handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _dies(2, monkeypatch)
    assert take(message(address(gmina)).as_bytes()) == Outcome.UNUSABLE
    assert handed.taken == []


@pytest.mark.parametrize("error", [Busy(), PermissionError()], ids=["busy", "no disk"])
def test_a_machine_that_can_not_read_now_takes_it_later(
    gmina: TenantRef, handed: Handed, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def cannot(*args: Any, **options: Any) -> Any:
        raise error

    monkeypatch.setattr(guarded, "run", cannot)
    assert take(message(address(gmina)).as_bytes()) == Outcome.LATER
    assert handed.taken == []


def test_a_site_without_a_box_takes_nothing(
    gmina: TenantRef, handed: Handed, settings: Any
) -> None:
    content = message(address(gmina)).as_bytes()
    settings.INCOMING_MAIL_ADDRESS = ""
    assert take(content) == Outcome.NOBODY


def test_every_kind_has_one_handler_and_a_short_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(KIND.fullmatch(kind) for kind in receiving.handlers())
    twice = MailHandler("udzial", lambda incoming, tenant: None)
    monkeypatch.setattr(offers, "of", lambda kind: (twice, twice))
    with pytest.raises(ValueError, match="two handlers"):
        receiving.handlers()


def test_files_come_with_the_message_and_pictures_of_a_signature_do_not(
    gmina: TenantRef, handed: Handed
) -> None:
    mail = message(address(gmina))
    mail.add_attachment(b"%PDF-lista", "application", "pdf", filename="../Lista dyżurów.pdf")
    mail.add_attachment(b"logo", "image", "png", filename="logo.png", disposition="inline")
    for number in range(6):
        mail.add_attachment(bytes([number]) * number, "image", "png", filename=f"{number}.png")
    assert take(mail.as_bytes()) == Outcome.TAKEN
    [(incoming, _)] = handed.taken
    assert [(one.name, one.content) for one in incoming.files] == [
        ("../Lista dyżurów.pdf", b"%PDF-lista"),
        *[(f"{number}.png", bytes([number]) * number) for number in range(4)],
    ]
    assert incoming.files_left_out == 2
