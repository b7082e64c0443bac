"""A site that takes answers, and a handler that notes what it was given."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from kooperacja.incoming import receiving
from kooperacja.incoming.mail import Incoming, MailHandler
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef

BOX = "odpowiedzi@poczta.example.pl"


@pytest.fixture(autouse=True)
def box(settings: Any) -> str:
    settings.INCOMING_MAIL_ADDRESS = BOX
    return BOX


@dataclass
class Handed:
    """The messages that were handed over, and the error that the handler is to raise."""

    taken: list[tuple[Incoming, str]] = field(default_factory=list)
    error: Exception | None = None

    def handle(self, incoming: Incoming, tenant: TenantRef) -> None:
        assert current_tenant() == tenant
        assert connection.in_atomic_block
        self.taken.append((incoming, tenant.slug))
        if self.error:
            raise self.error


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> Handed:
    handed = Handed()
    handler = MailHandler("udzial", handed.handle)
    monkeypatch.setattr(receiving, "handlers", lambda: {"udzial": handler})
    return handed
