"""A matter goes to every member of a team at once, each once (REG §6.1 s.3, §6.2, §7.2)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.incoming.address import reply_address
from kooperacja.notifications.base import MAIL, send
from kooperacja.notifications.models import Outgoing
from kooperacja.offers import of
from kooperacja.outbox.actions import LETTERS_AT_ONCE, leave_to_worker
from tenants.dialogue.everyone import LETTERS, ForAll, dedupe_of, mail_of, offered
from tenants.dialogue.members import seats_of
from tenants.dialogue.models.notices import Notice
from tenants.meetings.addressed import recipient_of


def tell_all(kind: str, matter: Any, day: date, *, is_late: bool = False) -> None:
    """Log every seat that has not got the matter yet, and write to it, or let a worker write.

    The matter, a row with a `team`, is locked already.
    """
    had = Notice.objects.filter(about=matter.pk).values("seat")
    lacking = seats_of(matter.team, day).exclude(pk__in=had)
    same: dict[str, Any] = {"team": matter.team, "kind": kind, "about": matter.pk}
    rows = [Notice(seat=seat, is_late=is_late, **same) for seat in lacking]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if len(rows) <= LETTERS_AT_ONCE:
        _write(offered(kind), matter.pk, matter, rows)
        return
    leave_to_worker(
        Outgoing,
        kind=LETTERS,
        payload={"kind": kind, "about": matter.pk},
        name="notices",
        ids=[row.pk for row in rows],
        dedupe=f"{dedupe_of(kind, matter.pk)}:{LETTERS}",
    )


@transaction.atomic
def write_letters(*, kind: str, about: str, notices: Sequence[str]) -> None:
    """Write the letters that were too many for the request; a worker calls it, maybe twice."""
    by = offered(kind)
    matter = by.locked(UUID(about))
    rows = Notice.objects.filter(pk__in=notices, queued_at=None)
    whole = rows.select_related("seat__person", "seat__organisation").order_by("pk")
    _write(by, UUID(about), matter, whole)


def _write(by: ForAll, about: UUID, matter: Any, rows: Iterable[Notice]) -> None:
    """Write to each seat that is still taken; then say if all of them were written to.

    Where there is no matter any more, nobody is written to.
    """
    written = list(rows)
    for row in written:
        to = recipient_of(row.seat) if matter and row.seat.holds_on(SYSTEM.today) else None
        if to:
            message = by.to_account(matter) if to.account_id else by.by_link(matter, row)
            reply_to = reply_address(by.answers, row.pk) if by.answers else ""
            send(message, to=[to], dedupe=dedupe_of(by.kind, about), reply_to=reply_to)
        row.recipient, row.has_account = (to.key, bool(to.account_id)) if to else ("", False)
        row.queued_at = timezone.now()
    mails = Outgoing.objects.filter(kind=MAIL, dedupe__in=[mail_of(row) for row in written])
    known = dict(mails.order_by("id").values_list("dedupe", "id"))
    for row in written:
        row.mail = known.get(mail_of(row)) if row.recipient else None
    Notice.objects.bulk_update(written, ["recipient", "has_account", "queued_at", "mail"])
    if matter and not Notice.objects.filter(about=about, queued_at=None).exists():
        by.ready(matter, timezone.now())


@transaction.atomic
def keep_told() -> None:
    """Give whoever took a seat meanwhile what is still on its way to the others.

    Called in the transaction that changes the seats (`Follower`).
    """
    for kind, about in sorted(_on_its_way()):
        if matter := offered(kind).locked(about):
            tell_all(kind, matter, SYSTEM.today, is_late=True)


def _on_its_way() -> set[tuple[str, UUID]]:
    """Matters of which a letter or a mail is still to go."""
    begins = Q()
    for one in of(ForAll):
        begins |= Q(dedupe__startswith=f"{one.kind}:")
    rows = Outgoing.objects.filter(begins, done_at=None, kind__in=(MAIL, LETTERS))
    names = (name.split(":") for name in rows.order_by().values_list("dedupe", flat=True))
    return {(kind, UUID(about)) for kind, about, *_ in names}
