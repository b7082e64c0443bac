"""What changed in the register and when, read from its dated rows (REG §5.1.a)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from kooperacja.ui.polish import Fold, fold
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


def _lasting(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without what was replaced on its first day and so held on none."""
    return rows.exclude(ended_on=F("from_on"))


_SOURCES: dict[str, tuple[Callable[[], QuerySet[Any]], str, str, Words]] = {
    "czlonkostwo": (Membership.objects.all, "organisation", "end_cause", _membership),
    "koordynator": (
        PartnershipCoordinator.objects.all,
        "membership__organisation",
        "person__full_name",
        _coordinator,
    ),
    "stopien": (
        lambda: _lasting(Engagement.objects.all()),
        "membership__organisation",
        "level",
        _level,
    ),
    "cecha": (
        lambda: _lasting(MembershipFlag.objects.all()),
        "membership__organisation",
        "kind",
        _flag,
    ),
    "wskazanie": (
        DesignatedWorker.objects.all,
        "membership__organisation",
        "person__full_name",
        _worker,
    ),
}


def changes(kind: str = "", text: str = "") -> list[Change]:
    """Of one kind or of all, of institutions whose name holds every word; oldest first."""
    kinds = [kind] if kind else list(_SOURCES)
    found = [change for one in kinds for change in _of(one, text)]
    return sorted(found, key=lambda change: change.day)


def _of(kind: str, text: str) -> Iterator[Change]:
    rows_of, path, detail, words = _SOURCES[kind]
    rows = rows_of().annotate(_name=Fold(f"{path}__name"))
    for word in fold(text).split():
        rows = rows.filter(_name__contains=word)
    fields = ("from_on", "ended_on", path, f"{path}__name", detail)
    for from_on, ended_on, pk, name, said in rows.order_by("from_on", "pk").values_list(*fields):
        begun, over = words(said)
        yield Change(from_on, pk, name, begun)
        if ended_on is not None and over:
            yield Change(ended_on, pk, name, over)
