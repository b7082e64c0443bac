"""Finding services of the whole region by everyday words and by what they are for (REG §3.4, §5.1.g)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_

from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, Value, When

from kooperacja.ui.search import words_of
from region.directory.columns import quarter_of, tag
from region.directory.models import ListedQuerySet, stopped_on
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
    def tags(self) -> list[str]:
        codes = {kind: str(getattr(self, name)) for name, kind in _KINDS.items()}
        return [tag(kind, code) for kind, code in codes.items() if code]


def services_for(rows: ListedQuerySet, wanted: Wanted, now: datetime) -> ListedQuerySet:
    """Services that were asked for, the best first; by name where no words were.

    One that has a break is found by its name alone.
    """
    day = now.date()
    rows = rows.on(day).filter(_within(wanted.teren), _open(wanted, now))
    if wanted.tags:
        rows = rows.filter(tags__contains=wanted.tags)
    if wanted.miejsca:
        rows = rows.filter(places_until__gte=day)
    if wanted.miejsca or wanted.teraz:
        rows = rows.filter(Q(begins_on=None) | Q(begins_on__lte=day)).exclude(stopped_on(day))
    if wanted.szukaj:
        return _by_words(rows, wanted.szukaj, day)
    return rows.exclude(stopped_on(day)).order_by("sort_key", "id")


def _by_words(rows: ListedQuerySet, phrase: str, day: date) -> ListedQuerySet:
    """By the names of services and institutions, then by types that the words may mean, then by texts."""
    types = [one.code for one in found(phrase)]
    by_name, by_text = _every_word(phrase, "title"), _every_word(phrase, "words")
    otherwise = Q(type_code__in=types) | by_text
    places = [When(type_code=code, then=place) for place, code in enumerate(types, 1)]
    last = Value(len(types) + 1)
    rank = Case(When(by_name, then=0), *places, default=last, output_field=IntegerField())
    rows = rows.filter(by_name | (otherwise & ~stopped_on(day)))
    return rows.annotate(rank=rank).order_by("rank", "sort_key", "id")


def _every_word(phrase: str, column: str) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": word}) for word in words_of(phrase)), Q())


def _within(code: str) -> Q:
    """In a powiat; of a gmina, what it and its powiat give."""
    if not code:
        return Q()
    if len(code) == _OF_COUNTY:
        return Q(tags__contains=[tag("county", code)])
    both = (code, code[:_OF_COUNTY])
    return reduce(or_, (Q(tags__contains=[tag("unit", one)]) for one in both))


_OF_COUNTY = 4


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
    """Leaves few for the exact question, which takes longer."""
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
