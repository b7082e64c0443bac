"""Finding services of the whole region by everyday words and by what they are for (REG §3.4, §5.1.g)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, overload
from uuid import UUID

from django.db.models import BooleanField, Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from region.directory.columns import part_of, quarter_of
from region.directory.marks import ANY, Phrase, all_of, fits, is_marked, one_of, resembles
from region.directory.models import Listed, ListedQuerySet, listed_on, stopped_on
from region.directory.nearby import near
from tenants.services.distance import OF_COUNTY
from tenants.services.finding import found

KINDS = {
    "dla": "group",
    "dziedzina": "field",
    "rodzaj": "type",
    "gdzie": "way",
    "koszt": "cost",
    "jezyk": "language",
    "dostepnosc": "has",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The choices of a reader, by the names of their fields."""

    szukaj: str = ""
    dla: str = ""
    dziedzina: str = ""
    rodzaj: str = ""
    teren: str = ""
    odleglosc: str = ""  # from the gmina that was chosen
    wiek: str = ""
    gdzie: str = ""
    koszt: str = ""
    jezyk: str = ""
    dostepnosc: str = ""
    dzien: str = ""  # of the week, Monday is 0
    godzina: str = ""
    teraz: bool = False
    miejsca: bool = False

    @property
    def marks(self) -> str:
        """The question to the marks of services that all choices but words make up."""
        codes = {kind: str(getattr(self, name)) for name, kind in KINDS.items()}
        return all_of(
            *(is_marked(kind, code) for kind, code in codes.items() if code),
            one_of(is_marked("age", self.wiek), is_marked("age", ANY)) if self.wiek else "",
            self._place,
        )

    @property
    def _place(self) -> str:
        """Whatever is for a gmina or a powiat, or what lies as near to a gmina as was chosen."""
        if not self.odleglosc:
            return _within(self.teren)
        seats = (*near(self.teren, self.odleglosc), ANY)
        return one_of(*(is_marked("seat", one) for one in seats))


def services_for(rows: ListedQuerySet, wanted: Wanted, now: datetime) -> ListedQuerySet:
    """All services that were asked for, in no order."""
    ranks = Ranks.of(wanted, now)
    return rows.filter(reduce(or_, (ranks.by_name, *ranks.by_type, ranks.by_text)))


class Found(Sequence[Listed]):
    """So many services that were asked for, the best first; by name where no words were.

    Copies of one service of a master card are one. The ids of all are asked for at once, the rows
    of a page when it is shown.
    """

    def __init__(self, rows: ListedQuerySet, wanted: Wanted, now: datetime, most: int) -> None:
        self._rows, self._day = rows, now.date()
        self._ids = _first(rows, wanted, now, most)

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def rows(self) -> ListedQuerySet:
        """Whatever was found, in no order."""
        return self._rows.filter(pk__in=self._ids).order_by()

    @overload
    def __getitem__(self, part: int) -> Listed: ...
    @overload
    def __getitem__(self, part: slice) -> list[Listed]: ...
    def __getitem__(self, part: int | slice) -> Listed | list[Listed]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        known = self._rows.select_related("tenant__unit").in_bulk(self._ids[part])
        rows = [known[one] for one in self._ids[part] if one in known]
        if any(row.copy_of for row in rows):
            self._count_units(rows)
        return rows

    def _count_units(self, rows: list[Listed]) -> None:
        copies = self._rows.copies((row.copy_of for row in rows), self._day).order_by()
        units = dict(copies.values_list("copy_of").annotate(Count("tenant", distinct=True)))
        for row in rows:
            row.units = units.get(row.copy_of, 1)


def _first(rows: ListedQuerySet, wanted: Wanted, now: datetime, most: int) -> list[UUID]:
    ranks, ids = Ranks.of(wanted, now), dict[UUID, UUID]()
    _take(ids, keys_of(rows, ranks.by_name)[:most])
    if len(ids) < most:
        for part in _mixed(rows, ranks.by_type, most):
            _take(ids, part)
    if len(ids) < most:
        _take(ids, keys_of(rows, ranks.by_text)[:most])
    if not ids:
        _take(ids, keys_of(rows, ranks.nearly)[:most])
    return list(ids.values())[:most]


def _mixed(rows: ListedQuerySet, by_type: list[Q], most: int) -> Iterator[list[tuple[UUID, UUID]]]:
    """Services of the likeliest types: a few of each of the first ones, then all, type by type."""
    parts = list[list[tuple[UUID, UUID]]]()
    for rank in by_type:
        if len(parts) >= len(_HEADS) and sum(map(len, parts)) >= most:
            break
        parts.append(list(keys_of(rows, rank)[:most]))
    yield from (part[:count] for part, count in zip(parts, _HEADS, strict=False))
    yield from parts


# People look at the first five; words may mean another kind of help than the likeliest.
_HEADS = (3, 1, 1)


def _take(ids: dict[UUID, UUID], keys: Iterable[tuple[UUID, UUID]]) -> None:
    for origin, pk in keys:
        ids.setdefault(origin, pk)


def keys_of(rows: ListedQuerySet, rank: Q) -> "QuerySet[Any, tuple[UUID, UUID]]":
    """Those that fit a condition, by name: what each is a copy of, or itself, and its id."""
    by_name = ("sort_key", "origin")  # copies have one name
    known = rows.filter(rank).annotate(origin=Coalesce("copy_of", "id"))
    return known.order_by(*by_name, "id").distinct(*by_name).values_list("origin", "pk")


_NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Ranks:
    """Conditions of what fits best, and of what fits less.

    By the names of services and institutions, then by each type that the words may mean, then by
    texts; and of the last resort, a name much like the words. One that has a break is found by its
    name alone.
    """

    by_name: Q
    by_type: list[Q]
    by_text: Q
    nearly: Q

    @classmethod
    def of(cls, wanted: Wanted, now: datetime) -> "Ranks":
        chosen, also = _chosen(wanted, now)
        running = also & ~stopped_on(now.date())
        if not wanted.szukaj:
            return cls(fits(chosen) & running, [], _NOBODY, _NOBODY)
        phrase = Phrase(wanted.szukaj)
        by_type = [is_marked("type", one.code) for one in found(wanted.szukaj)]
        return cls(
            fits(all_of(phrase.in_name, chosen)) & also if phrase else _NOBODY,
            [fits(all_of(one, chosen)) & running for one in by_type],
            fits(all_of(phrase.in_text, chosen)) & running if phrase else _NOBODY,
            resembles(wanted.szukaj) & fits(chosen) & also if phrase else _NOBODY,
        )

    @property
    def all(self) -> list[Q]:
        return [self.by_name, *self.by_type, self.by_text, self.nearly]


def _chosen(wanted: Wanted, now: datetime) -> tuple[str, Q]:
    """All choices but words: the question to the marks, and what they don't say."""
    day = now.date()
    also = listed_on(day) & _given(wanted, day) & _open(wanted, now)
    return all_of(wanted.marks, _open_in(wanted, now)), also


def _given(wanted: Wanted, day: date) -> Q:
    """Given already, where it matters, and with free places."""
    if not (wanted.miejsca or wanted.teraz):
        return Q()
    given = (Q(begins_on=None) | Q(begins_on__lte=day)) & ~stopped_on(day)
    return given & Q(places_until__gte=day) if wanted.miejsca else given


def _within(code: str) -> str:
    """In a powiat; of a gmina, what it and its powiat give."""
    if not code:
        return ""
    if len(code) == OF_COUNTY:
        return is_marked("county", code)
    return one_of(is_marked("unit", code), is_marked("unit", code[:OF_COUNTY]))


def _moment(wanted: Wanted, now: datetime) -> tuple[int, int] | None:
    """The day of the week and the minute for which it is looked, where both are known."""
    if wanted.teraz:
        return now.weekday(), now.hour * 60 + now.minute
    if wanted.dzien and wanted.godzina:
        return int(wanted.dzien), int(wanted.godzina) * 60
    return None


def _open_in(wanted: Wanted, now: datetime) -> str:
    """The question that leaves few for the exact one, which takes longer."""
    moment = _moment(wanted, now)
    return is_marked("open", part_of(*moment)) if moment else ""


def _open(wanted: Wanted, now: datetime) -> Q:
    """Open now, or on a day of the week, at any hour of it or at one."""
    if wanted.teraz:
        day, minute = now.date().isoformat(), now.hour * 60 + now.minute
        differs = Q(week__other__has_key=day)
        usual = Q(_Holds(f"$.week[{now.weekday()}]", minute))
        other = Q(_Holds(f'$.other."{day}"', minute))
        return _may_be_open(now.weekday(), minute) & (differs & other | ~differs & usual)
    if not wanted.dzien:
        return Q()
    hours = f"$.week[{wanted.dzien}]"
    if not wanted.godzina:
        return Q(_Holds(hours, None))
    minute = int(wanted.godzina) * 60
    return _may_be_open(int(wanted.dzien), minute) & Q(_Holds(hours, minute))


def _may_be_open(day: int, minute: int) -> Q:
    """Also leaves fewer: a quarter of an hour in which it may be open."""
    # Of an equality the server would expect that it holds for one row of two hundred.
    bit = Func(
        F("open_about"), Value(quarter_of(day, minute)), template="get_bit(%(expressions)s) > 0"
    )
    bit.output_field = BooleanField()
    return Q(bit)


class _Holds(Func):
    """The kept hours of a day hold a minute, or any."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s, '{}', true)"
    output_field = BooleanField()

    def __init__(self, path: str, minute: int | None) -> None:
        # A strict path leaves the pairs of minutes whole.
        at = "" if minute is None else f" ? (@[0] <= {minute} && @[1] > {minute})"
        asked = Func(Value(f"strict {path}[*]{at}"), template="(%(expressions)s)::jsonpath")
        super().__init__(F("week"), asked)
