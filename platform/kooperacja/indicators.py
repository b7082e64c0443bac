"""Indicators, key days and lines of the office: what every tenant publishes, with definitions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from statistics import median
from typing import Any

from django.db.models import Aggregate, Manager, Max, Min, Model, QuerySet

from kooperacja.offers import Offer

TOTAL = ""  # the dimension that is the sum of all the others
UNITS = ("jednostka", "jednostki", "jednostek")


class About(Enum):
    """The subject of the counts."""

    INSTITUTIONS = "they may be published as they are"
    PEOPLE = "they stay in the tenant until they have disclosure control"


class Share(Enum):
    """The whole of which a dimension's count is a share."""

    NONE = "a count and no share"
    OF_TOTAL = "of the sum of all dimensions"
    OF_UNITS = "of the units that published; each counts once or not at all"


@dataclass(frozen=True, eq=False)  # each is offered once
class Indicator(Offer):
    """One number a tenant counts each month, divided by one dimension.

    A value is a count. A share is given as two counts, so that the region can add them.
    """

    code: str
    title: str
    definition: str
    clause: str
    about: About
    unit: tuple[str, str, str]  # forms after 1, 2 and 5
    dimension: str
    labels: Mapping[str, str]
    count: Callable[[date], Mapping[str, int]]  # as of a day: dimension → count
    tables: tuple[type[Model], ...]  # what it reads: it is counted anew when one of them changes
    # Fixed lower bounds of the map's shades, so that one tenant's change repaints no other.
    levels: tuple[int, ...] = (1, 5, 10, 15, 20)
    share: Share = Share.NONE
    is_flow: bool = False  # counts what happened in the month, not what stands at its end
    lead: str = ""  # the sentence above the region's table of it

    @property
    def counts_units(self) -> bool:
        """A tenant's own value is one or none."""
        return self.unit is UNITS

    def label(self, dimension: str) -> str:
        return "Razem" if dimension == TOTAL else self.labels[dimension]

    def reads(self, tables: set[str]) -> bool:
        return _reads(self.tables, tables)

    def compute(self, as_of: date) -> dict[str, int]:
        """The counts in the tenant one is in: every dimension, zeros too, and the total."""
        counts = self.count(as_of)
        if unknown := set(counts) - set(self.labels):
            raise ValueError(f"{self.code}: no such dimension: {sorted(unknown)}")
        return {
            **{dimension: counts.get(dimension, 0) for dimension in self.labels},
            TOTAL: sum(counts.values()),
        }


@dataclass(frozen=True, eq=False)  # each is offered once
class KeyDay(Offer):
    """A day in the life of a partnership that its tenant publishes; it tells of institutions alone."""

    code: str
    title: str
    definition: str
    clause: str
    find: Callable[[date], date | None]  # as it is known on a day; none if there is no such day
    tables: tuple[type[Model], ...]  # what it reads: it is found anew when one of them changes

    def reads(self, tables: set[str]) -> bool:
        return _reads(self.tables, tables)


@dataclass(frozen=True, eq=False)  # each is offered once
class OfficeLine(Offer):
    """A line about the Lider's office that its tenant publishes: an institution's, no person's."""

    code: str
    title: str
    definition: str
    clause: str
    find: Callable[[], str]  # as it stands now; empty where there is none, or no Lider any more
    tables: tuple[type[Model], ...]  # what it reads: it is found anew when one of them changes

    def reads(self, tables: set[str]) -> bool:
        return _reads(self.tables, tables)


def _reads(models: tuple[type[Model], ...], tables: set[str]) -> bool:
    """One of these tables, named as in the database, is among those of the models."""
    return any(model._meta.db_table in tables for model in models)


def by_median(
    values: Sequence[float], limits: Iterable[tuple[float, str]], beyond: str
) -> dict[str, int]:
    """One for the dimension up to whose limit the median comes, else for what is beyond; none of none."""
    if not values:
        return {}
    middle = median(values)
    return {next((dimension for most, dimension in limits if middle <= most), beyond): 1}


Rows = Manager[Any] | QuerySet[Any]


def earliest(rows: "Rows", column: str) -> date | None:
    """The first day in a column, if there is one."""
    return _aggregated(rows, Min(column))


def latest(rows: "Rows", column: str) -> date | None:
    """The last day in a column, if there is one."""
    return _aggregated(rows, Max(column))


def _aggregated(rows: "Rows", of: Aggregate) -> date | None:
    day: date | None = rows.aggregate(day=of)["day"]
    return day
