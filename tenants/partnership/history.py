"""Changes of the register, read from its dated rows (REG §5.1.a)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from kooperacja.ui.search import matching
from tenants.partnership.models import (
    DesignatedWorker,
    EndCause,
    Engagement,
    EngagementLevel,
    FlagKind,
    Membership,
    MembershipFlag,
    PartnershipCoordinator,
)
from tenants.people.dated import Dated


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the register's history."""

    day: date
    organisation_id: UUID
    organisation: str
    text: str


# From a row's own detail: what its beginning and its end are called; "" is not told.
Words = Callable[[str], tuple[str, str]]


def _membership(cause: str) -> tuple[str, str]:
    why = f" ({EndCause(cause).label})" if cause else ""
    return "przyjęcie do Partnerstwa", f"ustanie członkostwa{why}"


def _coordinator(name: str) -> tuple[str, str]:
    return f"nowy koordynator: {name}", f"przestaje być koordynatorem: {name}"


def _level(level: str) -> tuple[str, str]:
    # Its end is the beginning of the next, or that of the membership.
    return f"stopień zaangażowania: {EngagementLevel(level).label}", ""


def _flag(kind: str) -> tuple[str, str]:
    label = FlagKind(kind).label
    return f"cecha: {label}", f"cecha już nie obowiązuje: {label}"


def _worker(name: str) -> tuple[str, str]:
    return f"wskazanie do ZZK: {name}", f"koniec wskazania do ZZK: {name}"


# Kind → its table, the field that tells more, and the words.
_SOURCES: dict[str, tuple[type[Dated], str, Words]] = {
    "czlonkostwo": (Membership, "end_cause", _membership),
    "koordynator": (PartnershipCoordinator, "person__full_name", _coordinator),
    "stopien": (Engagement, "level", _level),
    "cecha": (MembershipFlag, "kind", _flag),
    "wskazanie": (DesignatedWorker, "person__full_name", _worker),
}


def changes(kind: str = "", text: str = "") -> list[Change]:
    """Changes of one kind or of all, of institutions whose name holds every word; oldest first."""
    kinds = [kind] if kind else list(_SOURCES)
    rows = [change for kind in kinds for change in _of(kind, text)]
    return sorted(rows, key=lambda change: change.day)


def _of(kind: str, text: str) -> Iterator[Change]:
    table, detail, words = _SOURCES[kind]
    path = "organisation" if table is Membership else "membership__organisation"
    rows = matching(table._default_manager.all(), text, f"{path}__name")
    if table in (Engagement, MembershipFlag):  # replaced on its first day, it held on none
        rows = rows.exclude(ended_on=F("from_on"))
    fields = ("from_on", "ended_on", path, f"{path}__name", detail)
    rows = rows.order_by("from_on", "pk")
    for from_on, ended_on, pk, name, word in rows.values_list(*fields):
        begun, over = words(word)
        yield Change(from_on, pk, name, begun)
        if ended_on is not None and over:
            yield Change(ended_on, pk, name, over)
