"""Days of a unit that a person should know of: what waits until a day, and what holds for all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from kooperacja import offers
from kooperacja.tenancy.ref import TenantRef
from tenants.people import perms
from tenants.people.models import Person, RoleAssignment
from tenants.people.today import Waiting, due_for

_SHOWN = 50
SOON = 30  # days
Entry = tuple[Waiting, TenantRef | None]  # with the unit, where there are several


@dataclass(frozen=True, slots=True)
class DaySource(offers.Offer):
    """Finds days to come that a person should know of though nothing waits for them."""

    find: Callable[[Person, date], Iterable[Waiting]]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar and its entries."""

    on: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar: its first day, and the days that have an entry."""

    first: date
    days: tuple[Day, ...]

    @property
    def key(self) -> str:
        return f"miesiac-{self.first:%Y-%m}"


def days_of(person: Person, day: date) -> list[Waiting]:
    """Everything that has a day, the earliest first; what waits for the person tells its day itself."""
    waiting = due_for(person, day)
    return sorted([*waiting, *_ahead(person, day, waiting)], key=_due)


def soon(person: Person, day: date, waiting: Iterable[Waiting]) -> list[Waiting]:
    """Days of the next while that one should know of beside what waits, the earliest first."""
    until = day + timedelta(days=SOON)
    found = [item for item in _ahead(person, day, waiting) if _due(item) <= until]
    return sorted(found, key=_due)


def _ahead(person: Person, day: date, waiting: Iterable[Waiting]) -> list[Waiting]:
    told = {item.about for item in waiting if item.about}
    found = (item for source in offers.of(DaySource) for item in source.find(person, day))
    return [item for item in found if item.about not in told]


def by_month(entries: Iterable[Entry]) -> list[Month]:
    """The same as months and days, for a list."""
    in_order = sorted(entries, key=lambda entry: _due(entry[0]))
    days = [Day(on, tuple(of)) for on, of in groupby(in_order, lambda entry: _due(entry[0]))]
    months = groupby(days, lambda each: each.on.replace(day=1))
    return [Month(first, tuple(of)) for first, of in months]


def _due(item: Waiting) -> date:
    assert item.due is not None, f"no day: {item.title}"
    return item.due


def ending_roles(person: Person, day: date) -> Iterator[Waiting]:
    """Roles that end on a day to come: to whoever holds one, and to whoever may give it again."""
    for row in _ending(person, day):
        may_keep = perms.keep_invitation(person, row)
        if not may_keep and row.person_id != person.pk:
            continue
        assert row.ended_on is not None
        yield Waiting(
            title=f"Kończy się rola: {row.person}, {row.get_role_display()}",
            href=row.url if may_keep else reverse("home"),
            clause=perms.keep_invitation.clause,
            due=row.ended_on - timedelta(days=1),
            matter="Koniec roli",
        )


def _ending(person: Person, day: date) -> list[RoleAssignment]:
    """Roles that end after a day; to whoever invites nobody their own, which are known already."""
    if perms.invites_somebody(person):
        rows = RoleAssignment.objects.on(day).filter(ended_on__gt=day)
        rows = rows.select_related("person", "organisation")
        return list(rows.order_by("ended_on", "pk")[:_SHOWN])
    own = [row for row in person.roles_today if row.ended_on and row.ended_on > day]
    return sorted(own, key=lambda row: (row.ended_on, row.pk))
