"""Opening hours of a service: a week, days that differ, how long it holds (REG §3.2, §3.5.c)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.ui.polish import localtime, pl_date, quoted

DAY = 24 * 60
CLOSED = "nieczynne"
DAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
_ON = (
    *("W poniedziałek", "We wtorek", "W środę", "W czwartek"),
    *("W piątek", "W sobotę", "W niedzielę"),
)
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SPAN = re.compile(
    r"\s*(?:od\s+)?(\d{1,2}(?:[:.]\d{2})?)\s*(?:-|–|—|do)\s*(\d{1,2}(?:[:.]\d{2})?)\s*"
)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_BETWEEN = re.compile(r"[,;]|\si\s")
_WHOLE_DAY = "całą dobę"


def minute_of(clock: str) -> int:
    """The minute of the day: 8:30 or 8.30 is the 510th, 24:00 the end of the day."""
    found = _CLOCK.fullmatch(clock.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else DAY + 1
    if minute > DAY:
        raise ValidationError(f"{quoted(clock)} nie jest godziną. Wpisz na przykład 8:30.")
    return minute


def clock_of(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From a minute of the day up to another; what lasts past midnight goes on the next day."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not (0 <= self.begins <= DAY and 0 <= self.ends <= DAY):
            raise ValidationError("Godziny muszą mieścić się między 0:00 a 24:00.")
        if self.begins >= self.ends:
            opens, closes = clock_of(self.begins), clock_of(self.ends)
            raise ValidationError(
                f"Godzina zamknięcia ({closes}) musi być późniejsza niż otwarcia ({opens}). "
                "Godziny po północy wpisz w następnym dniu."
            )

    @classmethod
    def of(cls, opens: str, closes: str) -> "Interval":
        return cls(minute_of(opens), minute_of(closes))

    @property
    def is_whole_day(self) -> bool:
        return (self.begins, self.ends) == (0, DAY)

    @property
    def clocks(self) -> str:
        return f"{clock_of(self.begins)}–{clock_of(self.ends)}"

    def __str__(self) -> str:
        return _WHOLE_DAY if self.is_whole_day else self.clocks


Intervals = tuple[Interval, ...]
Week = tuple[Intervals, ...]  # Monday first


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A date that has other hours than its weekday; none where it is closed."""

    on: date
    intervals: Intervals = ()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Hours that come back on some weekdays, as RFC 5545 and a schedule of HSDS say it.

    Its clock is the one on the wall, so no time of it names a time zone.
    """

    days: tuple[int, ...]
    hours: Interval
    begins_on: date
    until_on: date | None = None
    count: int | None = None
    without: tuple[date, ...] = ()

    @property
    def byday(self) -> str:
        return ",".join(_CODES[day] for day in self.days)

    @property
    def rrule(self) -> str:
        parts = ["FREQ=WEEKLY", f"BYDAY={self.byday}"]
        if self.until_on:
            parts.append(f"UNTIL={self.until_on:%Y%m%d}T235959")
        if self.count:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)

    @property
    def lines(self) -> tuple[str, ...]:
        """The properties of an event of RFC 5545 that say when it takes place."""
        lines = [f"DTSTART:{self._starts(self.begins_on)}", f"RRULE:{self.rrule}"]
        if self.without:
            lines.append("EXDATE:" + ",".join(map(self._starts, self.without)))
        return (*lines, f"DURATION:PT{self.hours.ends - self.hours.begins}M")

    def _starts(self, day: date) -> str:
        return f"{day:%Y%m%d}T{self.hours.begins // 60:02}{self.hours.begins % 60:02}00"


@dataclass(frozen=True, slots=True)
class Hours:
    """When a service is open: each week, but on days that differ, from a day until another."""

    week: Week
    exceptions: tuple[OtherDay, ...] = ()
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise ValueError("a week has seven days")
        if self.from_on and self.until_on and self.until_on < self.from_on:
            raise ValidationError(
                f"Godziny nie mogą obowiązywać do {pl_date(self.until_on)}, "
                f"skoro zaczynają od {pl_date(self.from_on)}"
            )
        week = tuple(_tidy(day, when) for day, when in zip(self.week, _ON, strict=True))
        object.__setattr__(self, "week", week)
        object.__setattr__(self, "exceptions", tuple(_tidy_days(self.exceptions)))

    def on(self, day: date) -> Intervals:
        """The hours of a day."""
        if (self.from_on and day < self.from_on) or (self.until_on and day > self.until_on):
            return ()
        other = next((one for one in self.exceptions if one.on == day), None)
        return other.intervals if other else self.week[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        """Open at this moment; one without a time zone is taken in Polish time."""
        local = localtime(at) if timezone.is_aware(at) else at
        minute = local.hour * 60 + local.minute
        return any(one.begins <= minute < one.ends for one in self.on(local.date()))

    def is_usually_open(self, day: int | None, minute: int | None) -> bool:
        """In a usual week open on this weekday, at this minute, or both."""
        return any(minute is None or one.begins <= minute < one.ends for one in self._usual(day))

    def full_hours(self, day: int | None) -> set[int]:
        """The full hours at which it is open in a usual week: on this weekday, or on any."""
        usual = self._usual(day)
        return {hour for one in usual for hour in range(-(-one.begins // 60), -(-one.ends // 60))}

    def _usual(self, day: int | None) -> Iterable[Interval]:
        """The hours of a usual week, on one weekday or on any."""
        return self.week[day] if day is not None else [one for each in self.week for one in each]

    @property
    def said(self) -> str:
        """poniedziałek–piątek 8:00–16:00, środa do 18:00"""
        return ", ".join(_groups(self.week)) or CLOSED

    @property
    def said_exceptions(self) -> tuple[str, ...]:
        """24 grudnia 2026 r. nieczynne"""
        return tuple(f"{pl_date(one.on)} {_hours(one.intervals)}" for one in self.exceptions)

    @property
    def said_validity(self) -> str:
        """od 1 lipca 2026 r. do 31 sierpnia 2026 r."""
        begins = f"od {pl_date(self.from_on)}" if self.from_on else ""
        ends = f"do {pl_date(self.until_on)}" if self.until_on else ""
        return " ".join(part for part in (begins, ends) if part)

    def recurrences(self, since: date) -> tuple[Recurrence, ...]:
        """All of it from a day on; hours of a day that differs come once."""
        first = max(since, self.from_on or since)
        last = self.until_on or date.max
        others = [one for one in self.exceptions if first <= one.on <= last]
        distinct = sorted({hours for intervals in self.week for hours in intervals})
        weekly = (self._weekly(hours, first, others) for hours in distinct)
        once = (
            Recurrence((one.on.weekday(),), hours, one.on, count=1)
            for one in others
            for hours in one.intervals
        )
        return (*(one for one in weekly if one), *once)

    def _weekly(self, hours: Interval, first: date, others: list[OtherDay]) -> Recurrence | None:
        days = tuple(day for day, intervals in enumerate(self.week) if hours in intervals)
        begins = min(first + timedelta((day - first.weekday()) % 7) for day in days)
        if self.until_on and begins > self.until_on:
            return None
        without = tuple(one.on for one in others if one.on >= begins and one.on.weekday() in days)
        return Recurrence(days, hours, begins, self.until_on, without=without)


# --- As it is typed and as it is kept ---------------------------------------------------------


def intervals_of(text: str) -> Intervals:
    """Hours of a day as somebody types them: "8-16", "8:00–12:00, 13:00–18:00", "całą dobę".

    None of an empty line or "nieczynne"; a ValidationError says what can't be read.
    """
    said = text.strip().lower().removesuffix(".")
    if said in ("", "-", "–", CLOSED, "zamknięte"):
        return ()
    if said in (_WHOLE_DAY, "cała doba", "całodobowo", "24h"):
        return (Interval(0, DAY),)
    return tuple(_span(part) for part in _BETWEEN.split(said) if part.strip())


def _span(text: str) -> Interval:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValidationError(
            f"Nie rozumiem godzin {quoted(text.strip())}. Wpisz na przykład 8:00–16:00 albo "
            "8:00–12:00, 13:00–18:00."
        )
    return Interval.of(
        *(one if ":" in one or "." in one else f"{one}:00" for one in found.groups())
    )


def typed(intervals: Intervals) -> str:
    """Hours of a day as one would type them; nothing where it is closed."""
    return ", ".join(str(one) for one in intervals)


def other_days_of(text: str) -> Iterator[OtherDay]:
    """Days that differ as somebody types them, each on a line of its own: "24.12.2026 8-12"."""
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _, rest = line.partition(" ")
        found = _DAY.fullmatch(day.rstrip(":"))
        rest = rest.strip().removeprefix("r.")
        if found is None:
            raise ValidationError(
                f"Nie rozumiem wiersza {quoted(line)}. Wpisz na przykład 24.12.2026 nieczynne."
            )
        number, month, year = map(int, found.groups())
        try:
            on = date(year, month, number)
        except ValueError:
            raise ValidationError(f"Nie ma takiego dnia: {day}") from None
        yield OtherDay(on, intervals_of(rest))


def typed_days(days: Iterable[OtherDay]) -> str:
    """The same as one would type them."""
    return "\n".join(f"{one.on:%d.%m.%Y} {typed(one.intervals) or CLOSED}" for one in days)


def kept(hours: Hours) -> dict[str, Any]:
    """Hours as JSON: minutes of each day of the week, and of the days that differ."""
    return {
        "week": [[[one.begins, one.ends] for one in day] for day in hours.week],
        "other": {
            one.on.isoformat(): [[each.begins, each.ends] for each in one.intervals]
            for one in hours.exceptions
        },
    }


def hours_of(json: Mapping[str, Any] | None) -> Hours | None:
    """The hours that were kept; None where nobody said them."""
    if not json:
        return None
    other = json["other"].items()
    return Hours(
        tuple(tuple(Interval(*one) for one in day) for day in json["week"]),
        tuple(
            OtherDay(date.fromisoformat(day), tuple(Interval(*one) for one in intervals))
            for day, intervals in other
        ),
    )


# --- What can't be, and the order of what can -------------------------------------------------


def _tidy(intervals: Iterable[Interval], when: str) -> Intervals:
    """In their order, those that touch made one; two at the same time are refused."""
    tidy: list[Interval] = []
    for one in sorted(intervals):
        if tidy and tidy[-1].ends > one.begins:
            both = f"{tidy[-1].clocks} i {one.clocks}"
            raise ValidationError(f"{when} godziny {both} nachodzą na siebie.")
        if tidy and tidy[-1].ends == one.begins:
            one = Interval(tidy.pop().begins, one.ends)
        tidy.append(one)
    return tuple(tidy)


def _tidy_days(days: Iterable[OtherDay]) -> Iterator[OtherDay]:
    ordered = sorted(days, key=lambda one: one.on)
    for before, after in pairwise(ordered):
        if before.on == after.on:
            raise ValidationError(f"Dla dnia {pl_date(after.on)} podano godziny dwa razy.")
    for one in ordered:
        yield OtherDay(one.on, _tidy(one.intervals, f"Dnia {pl_date(one.on)}"))


# --- In Polish --------------------------------------------------------------------------------


def _groups(week: Week) -> list[str]:
    """Each group of days with its hours, by the first of its days."""
    groups: list[tuple[int, str]] = []
    rest: dict[Intervals, list[int]] = {}
    for run in _runs([day for day, hours in enumerate(week) if hours]):
        usual, count = Counter(week[day] for day in run).most_common(1)[0]
        if len(run) > 2 and 2 * count > len(run) and _differ_a_little(week, run, usual):
            groups.append((run[0], ", ".join(_usual_and_others(week, run, usual))))
        else:
            for day in run:
                rest.setdefault(week[day], []).append(day)
    groups += [(days[0], f"{_named(days)} {_hours(hours)}") for hours, days in rest.items()]
    return [words for _, words in sorted(groups)]


def _usual_and_others(week: Week, run: list[int], usual: Intervals) -> Iterator[str]:
    """The hours of most days of a run, and those of the others."""
    yield f"{_named(run)} {_hours(usual)}"
    others: dict[Intervals, list[int]] = {}
    for day in run:
        if week[day] != usual:
            others.setdefault(week[day], []).append(day)
    for hours, days in others.items():
        yield f"{_named(days)} {_beside(hours, usual)}"


def _differ_a_little(week: Week, run: list[int], usual: Intervals) -> bool:
    """Other hours in full beside those of the whole run would read as if a day had both."""
    return all(week[day] == usual or _beside(week[day], usual) for day in run)


def _beside(hours: Intervals, usual: Intervals) -> str:
    """The hours in short; nothing where more than their end or their beginning is another."""
    if len(hours) == len(usual) == 1 and not hours[0].is_whole_day:
        if hours[0].begins == usual[0].begins:
            return f"do {clock_of(hours[0].ends)}"
        if hours[0].ends == usual[0].ends:
            return f"od {clock_of(hours[0].begins)}"
    return ""


def _hours(intervals: Intervals) -> str:
    return _listed([str(one) for one in intervals]) or CLOSED


def _named(days: list[int]) -> str:
    """wtorek i czwartek; poniedziałek–środa; codziennie"""
    if len(days) == len(DAYS):
        return "codziennie"
    names: list[str] = []
    for run in _runs(days):
        each = [DAYS[day] for day in run]
        names += [f"{each[0]}–{each[-1]}"] if len(run) > 2 else each
    return _listed(names)


def _runs(days: list[int]) -> list[list[int]]:
    """Days that follow each other, together."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _listed(words: list[str]) -> str:
    return " i ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""
