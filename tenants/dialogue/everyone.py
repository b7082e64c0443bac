"""Matters that go to every member of a team at once, and how they reached each (REG §6.2, §7.2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kooperacja import offers
from kooperacja.notifications.base import MAIL, Notification
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.notifications.returned import returned_of
from kooperacja.ui.polish import pl_datetime
from tenants.dialogue.models.notices import Notice
from tenants.meetings.invited import WAITS, way_of

LETTERS = "DIALOGUE_LETTERS"  # in an outbox: letters that are still to be written
NO_ADDRESS = "nie ma konta ani adresu, pod który można wysłać"


@dataclass(frozen=True, slots=True)
class ForAll(offers.Offer):
    """One kind of matter that goes to every member of a team.

    `locked(id)` gives the matter, locked after whoever else changes it, or None where nobody is to
    be told of it any more. An account gets the message `to_account(matter)`; whoever has none gets
    `by_link(matter, notice)`, whose link opens without one. `ready(matter, moment)` is called when
    the last of them was put among the mails. Mails are answered to an address of the kind `answers`
    that names the notice.
    """

    kind: str
    locked: Callable[[UUID], Any]
    to_account: Callable[[Any], Notification]
    by_link: Callable[[Any, Notice], Notification]
    ready: Callable[[Any, datetime], object]
    answers: str = ""


def offered(kind: str) -> ForAll:
    return next(one for one in offers.of(ForAll) if one.kind == kind)


def dedupe_of(kind: str, about: UUID) -> str:
    """Names the messages of one matter: whoever gets it, gets it once."""
    return f"{kind}:{about}"


def notices_of(about: UUID) -> list[Notice]:
    """The log of a matter, with whatever it says of each seat."""
    rows = Notice.objects.filter(about=about)
    return list(rows.select_related("seat__person", "seat__organisation").order_by("pk"))


def delivered(notices: list[Notice]) -> dict[UUID, datetime]:
    """When the mail server took each of the mails that it took."""
    rows = Delivery.objects.filter(outbox_id__in=[one.mail for one in notices if one.mail])
    return dict(rows.order_by("pk").values_list("outbox_id", "sent_at"))


def reached(notices: list[Notice], taken: Mapping[UUID, datetime]) -> Iterator[tuple[Notice, str]]:
    """Each notice with how its message went: the inbox is ours, the mail is the server's."""
    left = [one.mail for one in notices if one.mail and one.mail not in taken]
    rows = Outgoing.objects.filter(pk__in=left).defer("payload").order_by("id") if left else ()
    waiting = {row.pk: row for row in rows}
    back = returned_of(one.mail for one in notices if one.mail)
    for one in notices:
        sent_at = taken.get(one.mail) if one.mail else None
        said = back.get(one.mail) if one.mail else None
        yield one, said or _said(one, sent_at, waiting.get(one.mail))


def mail_of(notice: Notice) -> str:
    """Names the mail of a notice in the outbox."""
    return f"{dedupe_of(notice.kind, notice.about)}:{MAIL}:{notice.recipient}"


def _said(notice: Notice, taken_at: datetime | None, mail: Outgoing | None) -> str:
    if notice.queued_at is None:
        return WAITS
    if not notice.recipient:
        return NO_ADDRESS
    if taken_at:
        return f"e-mail wysłany {pl_datetime(taken_at)}"
    # An account that was closed meanwhile has no address any more.
    return way_of(mail) if mail and not mail.done_at else "e-maila nie było gdzie wysłać"
