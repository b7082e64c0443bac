"""Mails of a tenant that did not reach their reader: keeping what a server said, and saying it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from kooperacja.notifications.models import Delivery, Outgoing, Returned
from kooperacja.returns import NotYetLogged, Return, reason_of
from kooperacja.ui.polish import pl_datetime
from kooperacja.writes import came_in


def keep(answer: Return, **about: Any) -> bool:
    """Keep what a server said of a mail, once; tell if it is new."""
    return came_in(Returned(**about, **asdict(answer)))


def came_back(mail: UUID, answer: Return) -> bool:
    """Keep what a server said of a mail that went out; False of any other, and of a repeat."""
    sent = Delivery.objects.filter(outbox_id=mail).first()
    if sent is None:
        if Outgoing.objects.filter(pk=mail, done_at=None).exists():
            raise NotYetLogged
        return False
    about = {name: getattr(sent, name) for name in ("outbox_id", "account_id", "email", "code")}
    return keep(answer, **about)


def returned_of(mails: Iterable[UUID]) -> dict[UUID, str]:
    """By mail: what became of it, in words, of those that did not arrive."""
    rows = Returned.objects.filter(outbox_id__in=list(mails)).order_by("is_final", "pk")
    return {row.outbox_id: way_of(row) for row in rows}


def way_of(row: Returned) -> str:
    """How a mail went that did not arrive, in words."""
    reason = reason_of(row.status, is_final=row.is_final)
    how = "odbity" if row.is_final else "opóźniony"
    return f"e-mail {how} {pl_datetime(row.returned_at)}: {reason}"
