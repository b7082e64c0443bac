"""Entries that were made one: the entry that stays for each, and those that it stands for (REG §5.1.a)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


def staying_for(kind: type[Any], ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The entry that stays for each of these: itself, unless it was merged into another."""
    stays = {pk: pk for pk in ids}
    while moved := dict(
        _merges(kind).filter(source__in=[*stays.values()]).values_list("source", "target")
    ):
        stays = {pk: moved.get(now, now) for pk, now in stays.items()}
    return stays


def stood_for_by(kind: type[Any], pk: UUID) -> set[UUID]:
    """The entry itself, and all that were merged into it, one after another."""
    return set(stood_for_by_each(kind, {pk}))


def stood_for_by_each(kind: type[Any], ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The same for several: every entry with the one that stays for it."""
    known = {pk: pk for pk in ids}
    new: Iterable[UUID] = known
    while merges := _merges(kind).filter(target__in=[*new]).values_list("source", "target"):
        new = [source for source, _ in merges if source not in known]
        known |= {source: known[target] for source, target in merges if source not in known}
    return known


def _merges(kind: type[Any]) -> "QuerySet[Any]":
    merges: QuerySet[Any] = kind.merges.rel.related_model._default_manager.filter(undone_on=None)
    return merges.order_by("pk")
