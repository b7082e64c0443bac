"""An invitation goes out in the shape that mail programs know, and small."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message
from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.ical import Attendee, Event, Method, written
from kooperacja.notifications.base import Recipient, send
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationAccepted
from tests.mail_server import MailServer, serving

NEWS = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")
STRANGER = Recipient(email="sekretariat@szkola.example.pl")
ANSWERS = "odpowiedzi+udzial.abc234@example.pl"
EVENT = Event(
    uid="abc@example.pl",
    sequence=0,
    stamped=datetime(2026, 11, 29, 12, tzinfo=UTC),
    starts=datetime(2026, 12, 3, 9, tzinfo=UTC),
    ends=datetime(2026, 12, 3, 11, tzinfo=UTC),
    summary="Spotkanie „Źdźbło”",
    organizer=("Gmina Gogolin", ANSWERS),
    attendees=(Attendee("Sekretariat szkoły", STRANGER.email),),
    method=Method.REQUEST,
)
SHAPE = [
    "multipart/mixed",
    "multipart/alternative",
    "text/plain",
    "text/html",
    "text/calendar",
    "application/ics",
]


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with serving(MailServer(), settings) as server:
        yield server


def _sent(server: MailServer, event: Event) -> list[Message]:
    """The parts of the one mail that was sent, itself first."""
    send(NEWS, to=[STRANGER], dedupe="convened:1", event=event, reply_to=ANSWERS)
    assert drain(Outgoing, handlers()) == 1
    [mail] = server.taken
    return list(mail.walk())


def test_a_calendar_is_the_last_of_the_bodies_and_once_more_a_file(
    in_gmina: TenantRef, mail_server: MailServer
) -> None:
    parts = _sent(mail_server, EVENT)
    assert [part.get_content_type() for part in parts] == SHAPE
    mail, calendar, file = parts[0], parts[4], parts[5]
    assert mail["Reply-To"] == ANSWERS
    assert mail["Auto-Submitted"] == "auto-generated"
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_param("charset") == "utf-8"
    assert file.get_filename() == "zaproszenie.ics"
    assert file.get_content_disposition() == "attachment"
    for part in (calendar, file):
        assert part["Content-Transfer-Encoding"] == "base64"
        assert part.get_payload(decode=True) == written(EVENT)
    assert Delivery.objects.get().message_id == mail["Message-ID"]


def test_it_is_small_and_its_lines_pass_any_server(
    in_gmina: TenantRef, mail_server: MailServer
) -> None:
    send(NEWS, to=[STRANGER], dedupe="bare:1")
    assert drain(Outgoing, handlers()) == 1
    mail_server.taken.clear()
    _sent(mail_server, replace(EVENT, description="Porządek obrad: zażółć gęślą jaźń. " * 60))
    bare, invitation = map(len, mail_server.raw)
    assert invitation - bare < 15_000
    assert max(map(len, mail_server.raw[1].split(b"\r\n"))) <= 998


def test_an_end_of_a_meeting_says_so_in_its_header_too(
    in_gmina: TenantRef, mail_server: MailServer
) -> None:
    calendar = _sent(mail_server, replace(EVENT, method=Method.CANCEL, sequence=1))[4]
    assert calendar.get_param("method") == "CANCEL"
    assert b"METHOD:CANCEL" in bytes(calendar.get_payload(decode=True))


def test_what_most_mails_have_not_does_not_wait_with_them(in_gmina: TenantRef) -> None:
    send(NEWS, to=[STRANGER], dedupe="bare:1")
    send(NEWS, to=[STRANGER], dedupe="convened:1", event=EVENT, reply_to=ANSWERS)
    bare, convened = Outgoing.objects.order_by("id").values_list("payload", flat=True)
    assert set(convened) - set(bare) == {"calendar", "reply_to"}
    assert convened["calendar"] == {"method": "REQUEST", "text": written(EVENT).decode()}


def test_a_mail_that_waited_through_an_upgrade_is_sent_as_it_was(
    in_gmina: TenantRef, mail_server: MailServer
) -> None:
    send(NEWS, to=[STRANGER], dedupe="bare:1")
    assert not {"calendar", "reply_to"} & set(Outgoing.objects.get().payload)
    assert drain(Outgoing, handlers()) == 1
    [mail] = mail_server.taken
    assert mail["Reply-To"] is None
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_broken_address_for_answers_sends_nothing(
    in_gmina: TenantRef, mail_server: MailServer
) -> None:
    send(NEWS, to=[STRANGER], dedupe="bare:1", reply_to="a@example.pl\r\nBcc: kto@example.pl")
    assert drain(Outgoing, handlers()) == 1
    assert (mail_server.taken, Outgoing.objects.get().last_error) == ([], "BadHeaderError")
