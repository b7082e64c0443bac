"""One thing that waits, and all that waits for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kooperacja import offers
from tenants.people.models import Person


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing to do, its page and the clause it rests on."""

    title: str
    href: str
    clause: str
    text: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class TodaySource(offers.Offer):
    """Finds what of one kind waits for a person."""

    find: Callable[[Person, date], Iterable[Waiting]]


def waiting_for(person: Person, day: date) -> list[Waiting]:
    """Overdue first, then as the apps offer it."""
    waiting = [item for source in offers.of(TodaySource) for item in source.find(person, day)]
    return sorted(waiting, key=lambda item: not item.is_overdue)
