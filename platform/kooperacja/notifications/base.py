"""The class of which every message is one, and how it is sent."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse

from kooperacja import ical
from kooperacja.letters import Link, letter
from kooperacja.notifications.models import Channel, Outgoing, Preference
from kooperacja.outbox.actions import enqueue, enqueue_all
from kooperacja.outbox.mail import CalendarPart
from kooperacja.tenancy.context import current_tenant

MAIL, INBOX, INBOX_DONE = "MAIL", "INBOX", "INBOX_DONE"
CONFIDED = "CONFIDED"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account, reached by mail and inbox; or an address without an account."""

    account_id: UUID | None = None
    email: str = ""  # empty: the account's own, as it is when the mail is sent

    @property
    def key(self) -> str:
        """Tells recipients apart without keeping an address."""
        return str(self.account_id or hashlib.sha256(self.email.lower().encode()).hexdigest()[:32])


class Notification:
    """One kind of message; a subclass is a frozen dataclass of what its templates need.

    The template emails/<code in small letters>.txt has its sentences and sees it as `message`. Say
    no more than is needed to know what to do: details stand behind the link. An account is mailed
    at once only what is obligatory: what invites it, calls off, decides about it, or has its last
    day. The rest waits in its inbox, and the daily summary tells of it.
    """

    code: ClassVar[str]
    name: ClassVar[str]  # in the list of preferences
    subject: ClassVar[str]  # its title, with names of its fields in braces
    page: ClassVar[str]  # where one acts; its address has the id that is the first field
    is_obligatory: ClassVar[bool] = True
    link_label: ClassVar[str] = "Otwórz w Kooperacji"
    is_confided: ClassVar[bool] = False  # others don't even hear that somebody got such a one
    answered: ClassVar[str] = ""  # what becomes of an answer by mail, where one is taken

    @property
    def title(self) -> str:
        """One sentence: the subject of the mail and the line in the inbox."""
        return self.subject.format(**vars(self))

    @property
    def mailed_as(self) -> str:
        """The subject of its mail, where that may say more than an inbox outside the tenant."""
        return ""

    @property
    def url(self) -> str:
        """The path of the page where one acts, inside the tenant."""
        return reverse(self.page, args=[*vars(self).values()][:1])

    @property
    def leads_to(self) -> list[Link]:
        """The words and addresses of the pages to which its mail leads."""
        return [(self.link_label, self.url)]

    @property
    def is_public(self) -> bool:
        """The page opens without an account."""
        return False

    @classmethod
    def template(cls) -> str:
        return cls.code.lower()


def _kinds() -> Iterator[type[Notification]]:
    """Every kind of message; a base of others has no code of its own."""
    waiting = list(Notification.__subclasses__())
    while waiting:
        kind = waiting.pop()
        if "code" in kind.__dict__:
            yield kind
        waiting += kind.__subclasses__()


def name_of(code: str) -> str:
    """The name of a kind of message, for others; of one that is confided or no more, that it was one."""
    names = (kind.name for kind in _kinds() if kind.code == code and not kind.is_confided)
    return next(names, "Wiadomość")


def confided_codes() -> set[str]:
    """Codes of messages of which others don't even hear that they were sent."""
    return {CONFIDED, *(kind.code for kind in _kinds() if kind.is_confided)}


def logged_as(code: str) -> str:
    """The code by which a log keeps a mail: nobody who reads the log learns what was confided."""
    return CONFIDED if code in confided_codes() else code


def send(
    notification: Notification,
    *,
    to: Iterable[Recipient],
    dedupe: str,
    event: ical.Event | None = None,
    reply_to: str = "",
) -> None:
    """Put the message for each recipient in the outbox, in the caller's transaction.

    The same `dedupe` sends once, however often it is called; say what happened to what:
    f"declaration-accepted:{declaration.pk}". The mail carries the `event`, which has a method, for
    a calendar, and answers to it go to `reply_to`.
    """
    recipients = {recipient.key: recipient for recipient in to}
    more = _more(event, reply_to)
    unwanted = _unwanted(notification, recipients.values())
    for key, recipient in recipients.items():
        if recipient.account_id:
            is_news = not notification.is_obligatory and recipient.account_id not in unwanted
            _to_inbox(notification, recipient, f"{dedupe}:{INBOX}:{key}", is_news=is_news)
        if recipient.account_id is None or notification.is_obligatory:
            _by_mail(notification, recipient, f"{dedupe}:{MAIL}:{key}", more)


def send_line(notification: Notification, *, to: Iterable[Recipient], dedupe: str) -> None:
    """Put its line into inboxes alone: one mail tells its reader of several such."""
    for recipient in to:
        if recipient.account_id:
            name = f"{dedupe}:{INBOX}:{recipient.key}"
            _to_inbox(notification, recipient, name, is_news=False)


def send_mail(notification: Notification, *, to: Recipient, dedupe: str) -> None:
    """Mail it alone: each thing of which it tells has its own line in the inbox."""
    _by_mail(notification, to, f"{dedupe}:{MAIL}:{to.key}", {})


def settle(*, dedupe: str) -> None:
    """Take a message out of every inbox: somebody did what it asked for."""
    sources = Outgoing.objects.filter(kind=INBOX, dedupe__startswith=f"{dedupe}:{INBOX}:")
    ids = [str(pk) for pk in sources.order_by("id").values_list("id", flat=True)]
    if ids:
        payload = {"source_ids": ids}
        enqueue(Outgoing, kind=INBOX_DONE, payload=payload, dedupe=f"{dedupe}:{INBOX_DONE}")


def settle_all(*, begin: str) -> None:
    """Take every message whose `dedupe` begins so out of every inbox: it asks for nothing any more."""
    sent = Outgoing.objects.filter(kind=INBOX, dedupe__startswith=begin)
    known = sent.order_by("id").values_list("dedupe", flat=True)
    for dedupe in dict.fromkeys(one.partition(f":{INBOX}:")[0] for one in known):
        settle(dedupe=dedupe)


def settle_for(*, account_id: UUID, dedupes: Iterable[str]) -> None:
    """Take messages out of one inbox: its owner did what they asked for."""
    names = [f"{dedupe}:{INBOX}:{account_id}" for dedupe in dedupes]
    sources = Outgoing.objects.filter(kind=INBOX, dedupe__in=names).order_by("id")
    done = {
        f"{row.dedupe}:{INBOX_DONE}": {"source_ids": [str(row.pk)]}
        for row in sources.only("id", "dedupe")
    }
    if done:
        enqueue_all(Outgoing, kind=INBOX_DONE, payloads=done)


def _unwanted(notification: Notification, to: Iterable[Recipient]) -> set[UUID]:
    """Accounts that want no mail of this kind, not even in the summary."""
    if notification.is_obligatory:
        return set()
    accounts = [recipient.account_id for recipient in to if recipient.account_id]
    off = Preference.objects.filter(
        account_id__in=accounts, code=notification.code, channel=Channel.EMAIL, is_on=False
    )
    return set(off.values_list("account_id", flat=True))


def _to_inbox(
    notification: Notification, recipient: Recipient, dedupe: str, *, is_news: bool
) -> None:
    payload = {
        "account_id": recipient.account_id,
        "title": notification.title,
        "url": notification.url,
        "code": notification.code,
        "is_news": is_news,
    }
    enqueue(Outgoing, kind=INBOX, payload=payload, dedupe=dedupe)


def _more(event: ical.Event | None, reply_to: str) -> dict[str, Any]:
    """The part of a mail that most have not."""
    more: dict[str, Any] = {"reply_to": reply_to} if reply_to else {}
    if event:
        assert event.method, "a mail invites, or calls off"
        more["calendar"] = asdict(CalendarPart(event.method, ical.written(event).decode()))
    return more


def _by_mail(
    notification: Notification, recipient: Recipient, dedupe: str, more: dict[str, Any]
) -> None:
    has_account = recipient.account_id is not None
    # A page that asks to sign in is no way for whoever has no account.
    is_open = has_account or notification.is_public
    mail = letter(
        notification.template(),
        {"message": notification, "has_account": has_account},
        title=notification.title,
        subject=notification.mailed_as,
        place=current_tenant().name,
        links=notification.leads_to if is_open else [],
        answered=notification.answered if "reply_to" in more else "",
    )
    payload = {
        "account_id": recipient.account_id,
        "email": recipient.email,
        "code": notification.code,
        **asdict(mail),
        **more,
    }
    enqueue(Outgoing, kind=MAIL, payload=payload, dedupe=dedupe)
