"""Mails of the shared plane: that they went out, and what a server said of those that came back."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kooperacja.inbox.models import OutgoingMessage, SentMail, SharedReturned
from kooperacja.outbox.actions import KEPT_DONE, enqueue
from kooperacja.outbox.models import OutboxMessage
from kooperacja.returns import NotYetLogged, Return, Sent
from kooperacja.writes import came_in

# An address that nobody corrected for so long is nobody's business any more.
KEPT = timedelta(days=365)
# In the outbox: the units whose people it was sent to are still to be told.
RETURNED = "MAIL_RETURNED"
# A later mail arrived when it did not come back for so long: servers try for about as long.
SILENCE = timedelta(days=5)
_NAMES = {"summary": "Codzienne podsumowanie", "invitation": "Zaproszenie do pracy w Kooperacji"}


def log(message: OutboxMessage, result: Sent, *, to: str, account_id: UUID | None = None) -> None:
    """Log that a mail was sent, or that the server would not take it."""
    code = message.dedupe.partition(":")[0][:60]
    about = {"outbox_id": message.id, "email": to, "account_id": account_id, "code": code}
    if result.refusal:
        _keep(result.refusal, about)
    else:
        came_in(SentMail(**about))


def came_back(mail: UUID, answer: Return) -> bool:
    """Keep what a server said of a mail that went out; False of any other, and of a repeat."""
    sent = SentMail.objects.filter(outbox_id=mail).first()
    if sent is None:
        if OutgoingMessage.objects.filter(pk=mail, done_at=None).exists():
            raise NotYetLogged
        return False
    names = ("outbox_id", "account_id", "email", "code")
    return _keep(answer, {name: getattr(sent, name) for name in names})


def stayed() -> QuerySet[SentMail]:
    """Mails of which nothing was heard again."""
    return SentMail.objects.exclude(outbox_id__in=SharedReturned.objects.values("outbox_id"))


def forget_mails() -> None:
    """Nightly: mails that went out long ago, and those that came back a year ago."""
    now = timezone.now()
    SentMail.objects.filter(sent_at__lt=now - KEPT_DONE).delete()
    SharedReturned.objects.filter(returned_at__lt=now - KEPT).delete()


def name_of(code: str) -> str:
    """The name of a mail of the shared plane."""
    return _NAMES.get(code, "Wiadomość o koncie")


def _keep(answer: Return, about: dict[str, Any]) -> bool:
    row = SharedReturned(**about, **asdict(answer))
    if not came_in(row):
        return False
    if answer.is_final:
        payload = {"id": row.pk}
        enqueue(OutgoingMessage, kind=RETURNED, payload=payload, dedupe=f"{RETURNED}:{row.pk}")
    return True
