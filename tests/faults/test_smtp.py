"""The mail server takes a mail and dies before it says so: none is lost, a repeat is recognised."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
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
from tests.mail_server import MailServer, serving

NEWS = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with serving(MailServer(deaths=1), settings) as server:
        yield server


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
