"""Reminders with measure: of what is still undone, four times at most, then whoever runs it hears."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from kooperacja.notifications.base import Notification, Recipient, send, settle
from kooperacja.notifications.models import Reminded

_LAST = "last-reminder"


@dataclass(frozen=True)
class LastReminder(Notification):
    """Tells whoever runs it that the last reminder went out, and what follows is theirs."""

    reminder: Notification

    code: ClassVar[str] = "LAST_REMINDER"
    name: ClassVar[str] = "Ostatnie przypomnienie wysłane"
    is_obligatory: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return f"{self.reminder.title} (ostatnie przypomnienie)"

    @property
    def url(self) -> str:
        return self.reminder.url


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come: its words, who gets them, and who runs the thing.

    The same `occasion` reminds once: a stage, or a day. With the id of the thing it is the key by
    which `settle` finds the message.
    """

    message: Notification
    occasion: str
    to: Iterable[Recipient]
    runs: Iterable[Recipient]


def remind(object_id: UUID, due: Callable[[], Due | None]) -> bool:
    """Remind of one thing, unless it was done or reminded of enough; tell if it went out.

    `due()` locks the row of the thing first and gives nothing once it is done; both are one
    transaction, so that nobody is reminded of what was done a moment ago.
    """
    with transaction.atomic():
        reminder = due()
        if reminder is None or not take_turn(object_id, reminder):
            return False
        send(reminder.message, to=reminder.to, dedupe=f"{reminder.occasion}:{object_id}")
        return True


def take_turn(object_id: UUID, reminder: Due) -> bool:
    """Count a reminder that its caller sends, and tell whoever runs it of the last; False if none is due."""
    before = list(Reminded.objects.filter(object_id=object_id).order_by("number"))
    is_repeat = reminder.occasion in {one.occasion for one in before}
    if is_repeat or len(before) >= Reminded.MOST:
        return False
    number = len(before) + 1
    Reminded.objects.create(object_id=object_id, number=number, occasion=reminder.occasion)
    if number == Reminded.MOST:
        send(LastReminder(reminder.message), to=reminder.runs, dedupe=f"{_LAST}:{object_id}")
    return True


def is_over(object_id: UUID) -> bool:
    """No further reminder of it goes out."""
    return Reminded.objects.filter(object_id=object_id, number=Reminded.MOST).exists()


def over(object_id: OuterRef) -> Exists:
    """The same of each row of a query."""
    return Exists(Reminded.objects.filter(object_id=object_id, number=Reminded.MOST))


def lately(object_id: OuterRef, since: date) -> Exists:
    """Tells of each row of a query if it was reminded of after a day."""
    return Exists(Reminded.objects.filter(object_id=object_id, reminded_at__date__gt=since))


def times(object_id: OuterRef) -> Subquery:
    """How often each row of a query was reminded of; null where never."""
    rows = Reminded.objects.filter(object_id=object_id).order_by("-number")
    return Subquery(rows.values("number")[:1])


def settle_reminders(object_id: UUID) -> None:
    """Take its reminders out of every inbox: it is done."""
    occasions = Reminded.objects.filter(object_id=object_id).values_list("occasion", flat=True)
    for occasion in [*occasions.order_by("number"), _LAST]:
        settle(dedupe=f"{occasion}:{object_id}")
