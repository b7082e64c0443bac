"""Offers of an app to the house: the OFFERS of its `offers.py`, on one page.

Whoever needs something asks for its kind, `of(Verbs)`. A mechanism above may have a kind of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q
from django.utils.module_loading import module_has_submodule

from kooperacja.tenancy.ref import TenantRef


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offer:
    """Something that an app gives; those of one kind stand by `order`."""

    order: int = 90  # after those that say where they stand


Kind = TypeVar("Kind", bound=Offer)


def of(kind: type[Kind]) -> tuple[Kind, ...]:
    """All offers of a kind, by `order` and then in the order of INSTALLED_APPS."""
    offers = (offer for offer in _all() if isinstance(offer, kind))
    return tuple(sorted(offers, key=lambda offer: offer.order))


@cache
def _all() -> tuple[Offer, ...]:
    offers: list[Offer] = []
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "offers"):
            offers += import_module(f"{config.name}.offers").OFFERS
    return tuple(offers)


@dataclass(frozen=True, slots=True)
class Verbs(Offer):
    """Codes in the journal with their Polish words."""

    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadeAtStart(Offer):
    """Something costly that a web server makes once before it forks, so that no reader waits for it."""

    make: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Handler(Offer):
    """Handles one kind of message of an outbox.

    It is called again when the worker dies before the mark, so it is idempotent on message.id.
    """

    kind: str
    handle: Callable[[Any, TenantRef | None], None]


@dataclass(frozen=True, slots=True)
class TenantOpened(Offer):
    """Gives a tenant what it has from its first day; called inside it, maybe twice."""

    run: Callable[[TenantRef], object]


@dataclass(frozen=True, slots=True)
class TenantRestored(Offer):
    """Learns that the data of a tenant are those of a backup again."""

    run: Callable[[TenantRef], object]


@dataclass(frozen=True, slots=True)
class RegionRestored(Offer):
    """Learns that everything, the shared plane too, is that of a backup again."""

    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class TenantMoved(Offer):
    """Learns that a tenant was opened, suspended or closed; maybe twice."""

    run: Callable[[UUID], object]


class Pack(Protocol):
    """The exit package in the making."""

    def sheet(self, name: str, header: list[str], rows: Iterable[Iterable[Any]]) -> None: ...


@dataclass(frozen=True, slots=True)
class ExitPart(Offer):
    """A list for an office that leaves, beside its tables and documents."""

    folder: str
    title: str  # in the list of what is inside
    write: Callable[[Pack], None]


@dataclass(frozen=True, slots=True)
class Unexported(Offer):
    """Rows of a table that no exit package has: what is its author's alone until it is signed."""

    model: type[Model]
    which: Q


@dataclass(frozen=True, slots=True)
class DemoHistory(Offer):
    """Invents what happened in a tenant of the demo up to today; called inside it, maybe twice."""

    write: Callable[[str, date], object]  # the unit's name, today


@dataclass(frozen=True, slots=True)
class DemoWritten(Offer):
    """Learns that a tenant of the demo has its histories."""

    run: Callable[[TenantRef, date], object]


class Fate(Enum):
    """The fate of personal data that are not needed any more (GDPR art. 5(1)(e), 17)."""

    RECORD = "stay in the office's record as long as files of their class are kept"
    ACCOUNT = "stay while their owner has an account"
    CLEARED = "are emptied when what they were given for is over"
    FORGOTTEN = "go with their row, some days after its use"


@dataclass(frozen=True, slots=True)
class PersonalData(Offer):
    """Columns that tell of people, and what becomes of them."""

    model: type[Model]
    columns: tuple[str, ...]
    fate: Fate
    why: str
    by: Callable[..., object] | None = None  # who clears or forgets them; none: nobody does yet


@dataclass(frozen=True, slots=True)
class Impersonal(Offer):
    """Columns of text that tell of nobody: codes, names of institutions, the wording of acts."""

    model: type[Model]
    columns: tuple[str, ...]
