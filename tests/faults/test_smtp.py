"""The mail server takes a mail and dies before it says so: none is lost, a repeat is recognised."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
import time_machine
from uuid6 import uuid7

from kooperacja.notifications.base import Recipient, send
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationAccepted

NEWS = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs; dies `deaths` times with the mail in its hands."""

    daemon_threads = True

    def __init__(self, deaths: int) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.deaths, self.taken = deaths, list[Message]()


class Talk(socketserver.StreamRequestHandler):
    """One conversation with a client."""

    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                self._take()
                if self.server.deaths:
                    self.server.deaths -= 1
                    return
            self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.taken.append(message_from_bytes(b"".join(lines)))


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer(deaths=1) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_server_that_dies_with_the_mail_gets_it_again_under_the_same_name(
    gmina: TenantRef, mail_server: MailServer
) -> None:
    with inside(gmina):
        send(NEWS, to=[Recipient(email="sekretariat@szkola.example.pl")], dedupe="accepted:1")
        assert drain(Outgoing, handlers()) == 1
        assert Outgoing.objects.get().last_error == "SMTPServerDisconnected"
        assert not Delivery.objects.exists()
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):
            assert drain(Outgoing, handlers()) == 1
        first, second = mail_server.taken
        assert first["Message-ID"] == second["Message-ID"] == Delivery.objects.get().message_id
        assert Outgoing.objects.get().done_at is not None
