"""Finding services of the whole region by everyday words and by what they are for (REG §3.4, §5.1.g)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, overload
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from region.directory.columns import part_of, quarter_of
from region.directory.marks import Phrase, all_of, fits, is_marked, one_of, resembles
from region.directory.models import Listed, ListedQuerySet, listed_on, stopped_on
from tenants.services.finding import found

_KINDS = {
    "dla": "group",
    "dziedzina": "field",
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
    teren: str = ""
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
        codes = {kind: str(getattr(self, name)) for name, kind in _KINDS.items()}
        return all_of(
            *(is_marked(kind, code) for kind, code in codes.items() if code), _within(self.teren)
        )


def services_for(rows: ListedQuerySet, wanted: Wanted, now: datetime) -> ListedQuerySet:
    """All services that were asked for, in no order."""
    return rows.filter(reduce(or_, ranks(wanted, now), Q(pk__in=())))


class Found(Sequence[Listed]):
    """So many services that were asked for, the best first; by name where no words were.

    The ids of all are asked for at once, the rows of a page when it is shown.
    """

    def __init__(self, rows: ListedQuerySet, wanted: Wanted, now: datetime, most: int) -> None:
        self._rows = rows.select_related("tenant__unit")
        self.ids = _first(rows, wanted, now, most)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, part: int) -> Listed: ...
    @overload
    def __getitem__(self, part: slice) -> list[Listed]: ...
    def __getitem__(self, part: int | slice) -> Listed | list[Listed]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        rows = self._rows.in_bulk(self.ids[part])
        return [rows[one] for one in self.ids[part] if one in rows]


def _first(rows: ListedQuerySet, wanted: Wanted, now: datetime, most: int) -> list[UUID]:
    ids: dict[UUID, None] = {}
    for rank in ranks(wanted, now):
        ids |= dict.fromkeys(keys_of(rows, rank)[:most])
        if len(ids) >= most:
            break
    return list(ids or keys_of(rows, mistyped(wanted, now))[:most])[:most]


def keys_of(rows: ListedQuerySet, rank: Q) -> "QuerySet[Any, UUID]":
    """The ids of those that fit a condition, by name."""
    return rows.filter(rank).order_by("sort_key", "id").values_list("pk", flat=True)


def ranks(wanted: Wanted, now: datetime) -> Iterator[Q]:
    """What fits best, then what fits less, each as a condition.

    By the names of services and institutions, then by each type that the words may mean, then by
    texts. One that has a break is found by its name alone.
    """
    chosen, also = _chosen(wanted, now)
    running = also & ~stopped_on(now.date())
    if not wanted.szukaj:
        yield fits(chosen) & running
        return
    phrase = Phrase(wanted.szukaj)
    if phrase:
        yield fits(all_of(phrase.in_name, chosen)) & also
    for one in found(wanted.szukaj):
        yield fits(all_of(is_marked("type", one.code), chosen)) & running
    if phrase:
        yield fits(all_of(phrase.in_text, chosen)) & running


def mistyped(wanted: Wanted, now: datetime) -> Q:
    """The condition of the last resort: a name much like the words."""
    if not Phrase(wanted.szukaj):
        return Q(pk__in=())
    chosen, also = _chosen(wanted, now)
    return resembles(wanted.szukaj) & fits(chosen) & also


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
    if len(code) == _OF_COUNTY:
        return is_marked("county", code)
    return one_of(is_marked("unit", code), is_marked("unit", code[:_OF_COUNTY]))


_OF_COUNTY = 4


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
    bit = Func(
        F("open_about"), Value(quarter_of(day, minute)), template="get_bit(%(expressions)s) = 1"
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
