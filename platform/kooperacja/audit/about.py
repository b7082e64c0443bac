"""The words for the subject of a journal entry, and the institution it belongs to."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from kooperacja.audit.models import Entry
from kooperacja.audit.perms import institutions
from kooperacja.offers import Offer, of

Words = Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Told(Offer):
    """Says rows of a kind by what is known of them today: more than their entries may keep."""

    model: type[Model]
    words: Callable[[Collection[UUID]], Words]


@dataclass(frozen=True, slots=True)
class ToldByData(Offer):
    """Says what an entry without a row is about, by its data."""

    verb: str
    words: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class HangsOn(Offer):
    """Finds rows of its kind that belong to other rows, of any kind, by ids."""

    ids: Callable[[Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True, slots=True)
class OpenTo(Offer):
    """Rows of a kind have pages that not each reader of the journal may open."""

    rows: QuerySet[Any]
    may_open: Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Confided(Offer):
    """Rows of which others don't even hear: their entries are read by whom they concern.

    `of_reader` gives, for each of their tables, the rows that concern somebody; for nobody, none.
    """

    of_reader: Callable[[Any], Mapping[type[Model], QuerySet[Any]]]


def read_by(reader: Any, entries: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """Entries without those about what was confided to others."""
    for model, rows in _confided(reader):
        is_of_kind = Q(object_type=model._meta.label)
        entries = entries.exclude(is_of_kind & ~Q(object_id__in=rows.values("pk")))
    return entries


def confided_tables() -> set[type[Model]]:
    """The tables of such rows."""
    return {model for model, _ in _confided(None)}


def _confided(reader: Any) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    for kind in of(Confided):
        yield from kind.of_reader(reader).items()


def closed_to(reader: Any, entries: Iterable[Entry]) -> set[UUID]:
    """Ids of rows whose pages this reader may not open; one question for each kind of row."""
    ids = _ids_by_kind(entries)
    return {
        row.pk
        for kind in of(OpenTo)
        if (known := ids.get(kind.rows.model._meta.label))
        for row in kind.rows.filter(pk__in=known).order_by("pk")
        if not kind.may_open(reader, row)
    }


def say(entries: Iterable[Entry]) -> dict[UUID, str]:
    """By the id of an entry; one question for each kind of row that is told of."""
    entries = list(entries)
    by_data = {told.verb: told.words for told in of(ToldByData)}
    ids = _ids_by_kind(entries)
    rows, named = _rows_told(ids), _institutions_of(ids)
    said = {}
    for entry in entries:
        words = rows.get(entry.object_id, "") if entry.object_id else ""
        if not words and entry.verb in by_data:
            words = by_data[entry.verb](entry.data)
        said[entry.pk] = _with_institution(words or entry.object_label, named.get(entry.object_id))
    return said


def _with_institution(words: str, name: str | None) -> str:
    return f"{words} ({name})" if name and name not in words else words


def _ids_by_kind(entries: Iterable[Entry]) -> dict[str, set[UUID]]:
    ids: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        if entry.object_id:
            ids[entry.object_type].add(entry.object_id)
    return ids


def _rows_told(ids: Mapping[str, set[UUID]]) -> dict[UUID, str]:
    said: dict[UUID, str] = {}
    for told in of(Told):
        if known := ids.get(told.model._meta.label):
            said.update(told.words(known))
    return said


def _institutions_of(ids: Mapping[str, set[UUID]]) -> dict[UUID | None, str]:
    """The name of the institution of each row that has one, by one question."""
    parts = [
        model._default_manager.order_by()
        .filter(pk__in=ids[model._meta.label], **{f"{path}__isnull": False})
        .values_list("pk", f"{path}__name")
        for model, path in _of_institutions()
        if path != "pk" and model._meta.label in ids
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}


def names_of_institutions(ids: Collection[UUID]) -> dict[UUID | None, str]:
    """The name of the institution of each row that has one, of whatever kind; one question."""
    parts = [
        model._default_manager.order_by()
        .filter(pk__in=ids, **({} if path == "pk" else {f"{path}__isnull": False}))
        .values_list("pk", "name" if path == "pk" else f"{path}__name")
        for model, path in _of_institutions()
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}


def _of_institutions() -> list[tuple[Any, str]]:
    return [
        (model, path) for model in apps.get_models() if (path := getattr(model, "INSTITUTION", ""))
    ]


def of_institution(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Entries about institutions that the text names, and about their rows and files."""
    ids = set(institutions(text).order_by("pk").values_list("pk", flat=True))
    found = set(ids)
    for model, path in _of_institutions():
        rows = model._default_manager.order_by("pk").filter(**{f"{path}__in": ids})
        found.update(rows.values_list("pk", flat=True))
    for hanging in of(HangsOn):
        found.update(hanging.ids(found))
    return entries.filter(object_id__in=found)
