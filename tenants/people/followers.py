"""Rows of an app above that follow from rows of an app below, in the transaction that changes these."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from kooperacja import offers


@dataclass(frozen=True, slots=True)
class Follower(offers.Offer):
    """Brings what an app keeps up to date with these tables; it may be called for nothing."""

    tables: frozenset[type[Model]]
    follow: Callable[[], object]
    writes: frozenset[type[Model]] = frozenset()


def follow(*changed: type[Model]) -> frozenset[type[Model]]:
    """Let everything be as rows of these tables now demand; of all tables without one.

    Gives the tables whose rows may have changed with them.
    """
    written: frozenset[type[Model]] = frozenset()
    for follower in offers.of(Follower):
        if not changed or follower.tables & set(changed):
            follower.follow()
            written |= follower.writes
    return written
