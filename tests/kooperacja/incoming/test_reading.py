"""A stranger's message is read within bounds, whatever it is made of."""

import time
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.incoming.reading import read
from tests.kooperacja.incoming.messages import REPLY, many, message, nested

OURS = "odpowiedzi+udzial.abc@poczta.example.pl"
ASKED = {
    "box": "odpowiedzi",
    "domain": "poczta.example.pl",
    "returns": "odpowiedzi+zwrot.",
    "is_return": False,
}


def facts(content: bytes | EmailMessage) -> dict[str, Any]:
    content = content if isinstance(content, bytes) else content.as_bytes()
    found, held = read(content, ASKED)
    assert len(held) == sum(one["size"] for one in found.get("files", []))
    return found


def test_the_facts_of_an_answer() -> None:
    assert facts(message(OURS)) == {
        "sender": "anna@szkola.example.pl",
        "to": [OURS],
        "subject": "Odp.: Zaproszenie na spotkanie źdźbeł",
        "text": "Będę, dziękuję.",
        "calendar": None,
        "message_id": "<1@szkola.example.pl>",
        "files": [],
        "files_left_out": 0,
    }


def test_an_answer_of_a_calendar_is_read_from_a_body_and_from_a_file() -> None:
    told = {
        "uid": "abc@example.pl",
        "sequence": 2,
        "attendee": "anna@szkola.example.pl",
        "partstat": "DECLINED",
        "comment": "Zastąpi mnie ktoś inny",
    }
    assert facts(message(OURS, calendar=REPLY))["calendar"] == told
    mail = message(OURS)
    for content in (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", REPLY.encode()):
        mail.add_attachment(content, maintype="application", subtype="ics", filename="a.ics")
    assert facts(mail)["calendar"] == told
    latin = message(OURS)
    latin.add_alternative(REPLY, subtype="calendar", charset="iso-8859-2")
    assert facts(latin)["calendar"] == told


def test_a_calendar_that_is_no_answer_leaves_the_words() -> None:
    read_as = facts(message(OURS, calendar=REPLY.replace("REPLY", "COUNTER")))
    assert (read_as["calendar"], read_as["text"]) == (None, "Będę, dziękuję.")


@pytest.mark.parametrize(
    "senders",
    [
        [],
        ["a@example.pl", "b@example.pl"],
        ["a@example.pl, b@example.pl"],
        ["Anna"],
        ["a@example.pl <b@example.pl"],
        ["<>"],
        ["grupa: a@example.pl, b@example.pl;"],
        ["a b@example.pl"],
        ["ż@example.pl"],
        ["a@" + "x" * 300],
    ],
    ids=str,
)
def test_a_message_has_one_sender(senders: list[str]) -> None:
    lines = [f"From: {sender}" for sender in senders]
    content = "\r\n".join([*lines, f"To: {OURS}", "", "x"]).encode()
    assert facts(content) == {"refused": "sender"}


def test_recipients_are_our_addresses_each_once() -> None:
    mail = message(f"Zespół <{OURS.upper()}>, {OURS}, inny@poczta.example.pl")
    mail["Cc"] = "odpowiedzi+udzial.xyz@poczta.example.pl, odpowiedzi+udzial.abc@obca.example.pl"
    mail["Delivered-To"] = "odpowiedzi+zgoda.qwe@poczta.example.pl"
    assert facts(mail)["to"] == [
        "odpowiedzi+zgoda.qwe@poczta.example.pl",
        OURS,
        "odpowiedzi+udzial.xyz@poczta.example.pl",
    ]


AUTOMATIC = {
    "away": {"Auto_Submitted": "auto-replied"},
    "generated": {"Auto_Submitted": "auto-generated; x=1"},
    "bulk": {"Precedence": "Bulk"},
    "junk": {"Precedence": "junk"},
    "answers": {"Precedence": "auto_reply"},
    "list": {"List_Id": "<lista.example.pl>"},
    "bounce": {"Return_Path": "<>"},
}


@pytest.mark.parametrize("headers", AUTOMATIC.values(), ids=AUTOMATIC)
def test_what_a_program_sent_is_told_from_what_people_send(headers: dict[str, str]) -> None:
    assert facts(message(OURS, **headers)) == {"is_automatic": True}


def test_what_exchange_sends_by_itself_is_told_from_the_answer_of_a_calendar() -> None:
    for said in ("All", "DR, OOF, AutoReply"):
        headers = {"X_Auto_Response_Suppress": said}
        assert facts(message(OURS, **headers)) == {"is_automatic": True}
        assert facts(message(OURS, calendar=REPLY, **headers))["calendar"]
    assert "sender" in facts(message(OURS, X_Auto_Response_Suppress="DR, NDR, RN, NRN"))


def test_a_report_of_a_server_is_automatic() -> None:
    report = b"From: MAILER-DAEMON@example.pl\r\nContent-Type: multipart/report; boundary=x\r\n\r\n"
    assert facts(report + b"--x\r\n\r\nNie ma takiego adresu\r\n--x--\r\n") == {
        "is_automatic": True
    }


def test_an_answer_by_a_button_of_a_calendar_counts_though_a_program_wrote_the_mail() -> None:
    by_button = message(OURS, calendar=REPLY, Auto_Submitted="auto-generated")
    assert facts(by_button)["calendar"]["partstat"] == "DECLINED"
    for headers in AUTOMATIC.values():
        if headers != AUTOMATIC["generated"]:
            assert facts(message(OURS, calendar=REPLY, **headers)) == {"is_automatic": True}
    assert "sender" in facts(message(OURS, Auto_Submitted="no", Return_Path="<a@example.pl>"))


BROKEN = {
    "8 bit": ("", "gęś".encode(), "gęś"),
    "latin": ("; charset=iso-8859-2", "gęś".encode("iso-8859-2"), "gęś"),
    "unknown": ("; charset=x-klingon", b"kot", "kot"),
    "no text encoding": ("; charset=zip", b"kot", "kot"),
    "always fails": ("; charset=undefined", b"kot", "kot"),
    "not what it says": ("; charset=utf-8", b"k\xff\xfet", "k\ufffd\ufffdt"),
    "zero": ("", b"k\0o\x1bt", "kot"),
}


@pytest.mark.parametrize(("kind", "body", "text"), BROKEN.values(), ids=BROKEN)
def test_an_encoding_is_made_the_best_of(kind: str, body: bytes, text: str) -> None:
    head = f"From: a@example.pl\r\nContent-Type: text/plain{kind}\r\n\r\n"
    assert facts(head.encode() + body)["text"] == text


def test_a_broken_word_of_a_header_stays_as_it_is() -> None:
    for subject in (b"=?x-klingon?B?a290?=", b"=?utf-8?B?!!!?=", b"=?utf-8?Q?k=C3?= \xff"):
        told = facts(b"From: a@example.pl\r\nSubject: " + subject + b" kot\r\n\r\nx")
        assert told["subject"].endswith("kot")
        assert told["subject"].isprintable()


def test_of_a_page_the_words_are_read() -> None:
    page = "<head><title>T</title><style>p{}</style></head><p>Będę &amp; pomogę<br>w  sali</p>"
    mail = message(OURS)
    mail.set_content(page + "<script>x()</script>", subtype="html")
    assert facts(mail)["text"] == "Będę & pomogę\nw sali"


def test_an_attachment_is_no_text() -> None:
    mail = message(OURS, text=" ")
    mail.add_attachment("tajne", filename="a.txt")
    told = facts(mail)
    assert (told["text"], told["files"]) == ("", [{"name": "a.txt", "size": 6}])


TOO_MUCH = {
    "deep": (nested(30), "parts"),
    "many": (many(5000), "parts"),
    "headers": (b"From: a@example.pl\r\n" + b"X-A: 1\r\n" * 5000 + b"\r\nx", "headers"),
    "header": (b"From: a@example.pl\r\nSubject: " + b"x" * 100_000 + b"\r\n\r\nx", "header"),
    "folded": (b"From: a@example.pl\r\nX-A: 1" + b"\r\n x" * 50_000 + b"\r\n\r\nx", "header"),
}


@pytest.mark.parametrize(("content", "why"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_is_refused(content: bytes, why: str) -> None:
    assert facts(content) == {"refused": why}


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: text/html\r\n\r\n" + b"<p a=" * 40_000,
        b"Content-Type: text/plain; charset=punycode\r\n\r\na-" + b"9" * 190_000,
    ],
    ids=["tags left open", "name of a host"],
)
def test_what_would_take_long_does_not(body: bytes) -> None:
    before = time.process_time()
    assert "text" in facts(b"From: a@example.pl\r\n" + body)
    assert time.process_time() - before < 3


def test_long_texts_are_cut() -> None:
    told = facts(message(OURS, "ź" * 100_000 + "\n", Subject="ź" * 1000))
    assert (len(told["text"]), len(told["subject"])) == (20_000, 200)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_comes_has_facts_or_a_reason(content: bytes) -> None:
    for whole in (content, b"From: a@example.pl\r\n" + content, many(3).replace(b"y", content)):
        assert facts(whole).keys() & {"refused", "is_automatic", "sender"}
