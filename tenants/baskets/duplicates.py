"""Services of the basket that are likely the same one, described twice (REG §3.3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from uuid import UUID

from kooperacja.ui.polish import fold
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.services.addresses import plain_address
from tenants.services.elsewhere import is_elsewhere

Keys = tuple[UUID, UUID]
_ALIKE = 0.75
_FEW_DIGITS = 7
_OWNER, _PHONE, _ADDRESS = "ta sama instytucja", "ten sam telefon", "ten sam adres"


@dataclass(frozen=True)
class Pair:
    """Two services of one type with similar names, and what else they have in common."""

    first: ServiceEntry
    second: ServiceEntry
    why: str

    @property
    def keys(self) -> Keys:
        return in_order(self.first.service_id, self.second.service_id)


def in_order(one: UUID, other: UUID) -> Keys:
    return (one, other) if one < other else (other, one)


def likely(entries: Iterable[ServiceEntry]) -> list[Pair]:
    """Pairs of which nobody has said that they are two."""
    known = set(DistinctServices.objects.values_list("first", "second"))
    return [pair for pair in _alike(entries) if pair.keys not in known]


def _alike(entries: Iterable[ServiceEntry]) -> Iterator[Pair]:
    by_mark: dict[tuple[str, str, str], list[ServiceEntry]] = defaultdict(list)
    for entry in entries:
        for why, mark in _marks(entry):
            by_mark[entry.type_code, why, mark].append(entry)
    told: dict[Keys, Pair] = {}
    for (_, why, _), group in by_mark.items():
        for first, second in combinations(group, 2):
            if not _is_similar(first.name, second.name) or _is_at_two_places(first, second):
                continue
            pair = Pair(first, second, why)
            before = told.get(pair.keys)
            told[pair.keys] = Pair(first, second, f"{before.why}, {why}") if before else pair
    yield from told.values()


def _marks(entry: ServiceEntry) -> Iterator[tuple[str, str]]:
    """Whatever of it two services that are the same have in common."""
    yield _OWNER, str(entry.service.card_id)
    digits = "".join(sign for sign in entry.phone if sign.isdigit())
    if len(digits) >= _FEW_DIGITS:
        yield _PHONE, digits[-9:]
    if entry.street and entry.city:
        yield _ADDRESS, " ".join(plain_address(entry.street, entry.city))


def _is_at_two_places(first: ServiceEntry, second: ServiceEntry) -> bool:
    """Their institution described one service at each of its places."""
    return first.service.card_id == second.service.card_id and is_elsewhere(first, second)


def other_places(entry: ServiceEntry, entries: Iterable[ServiceEntry]) -> list[ServiceEntry]:
    """The same service of the same institution at other places."""
    return [
        one
        for one in entries
        if one.type_code == entry.type_code
        and _is_similar(one.name, entry.name)
        and _is_at_two_places(one, entry)
    ]


def _is_similar(one: str, other: str) -> bool:
    first, second = (" ".join(fold(name).split()) for name in (one, other))
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second).ratio() >= _ALIKE


def leads_to(service: Service) -> Service | None:
    """The service in whose place this one stood, once it was merged."""
    target = None
    while merge := ServiceMerge.objects.filter(source=service).select_related("target").first():
        target = service = merge.target
    return target
