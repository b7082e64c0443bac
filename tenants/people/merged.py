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
    known, new = {pk}, {pk}
    while new := set(_merges(kind).filter(target__in=new).values_list("source", flat=True)) - known:
        known |= new
    return known


def _merges(kind: type[Any]) -> "QuerySet[Any]":
    merges: QuerySet[Any] = kind.merges.rel.related_model._default_manager.filter(undone_on=None)
    return merges.order_by("pk")
