"""The duty to meet "nie rzadziej niż": what each calendar period asks for (REG §2.3; POR-C §2.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tenants.people.rules import holds_on
from tenants.regulation.parameters import Period

_DAY = timedelta(days=1)
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
# How long before a period's last day somebody is warned.
_WARNED = timedelta(days=30)
_WARNED_IN_MONTH = timedelta(days=10)
_YEARS_AHEAD = 2  # in which the next day to meet by is looked for


def first_of(period: str, day: date) -> date:
    """The first day of the calendar period in which a day lies."""
    months = _MONTHS[Period(period)]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def last_of(period: str, day: date) -> date:
    """The last day of the calendar period in which a day lies."""
    first, months = first_of(period, day), _MONTHS[Period(period)]
    return _last_of_month(first.replace(month=first.month + months - 1))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A least number of meetings in each period, from a day until, not including, another."""

    count: int
    period: str
    from_on: date
    ended_on: date | None = None

    def share(self, first: date, last: date) -> int:
        """The meetings that it asks for in these days at the end of a period, rounded down.

        Nothing where they are less than half of the period, else one at least.
        """
        whole = _length(first_of(self.period, last), last_of(self.period, last))
        days = _length(first, last)
        if days * 2 < whole:
            return 0
        return max(min(self.count, 1), self.count * days // whole)

    def asks_as(self, other: "Rhythm") -> bool:
        return (self.count, self.period) == (other.count, other.period)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about a team: its rhythms in order of time, its life and the days of its meetings.

    A day counts once: a meeting that was broken off and went on the same day is one.
    """

    rhythms: tuple[Rhythm, ...]
    from_on: date
    ended_on: date | None = None
    held: frozenset[date] = field(default_factory=frozenset)
    planned: frozenset[date] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar period, or the days of one that are judged together, seen on a day."""

    first: date
    last: date
    period: str  # empty where no rhythm asks for anything in these days
    required: int
    held: int
    planned: int
    is_open: bool  # there is still time, or will be

    @property
    def is_kept(self) -> bool:
        return self.held >= self.required

    @property
    def due_on(self) -> date | None:
        """The last day by which the next meeting must be held; None where no more is needed."""
        return self.last if self.is_open and not self.is_kept else None

    @property
    def warn_from(self) -> date | None:
        """The day since which one is warned; None where nothing is asked for.

        It is never before the first: what asks for a meeting is half of its period at least.
        """
        if not self.required:
            return None
        return self.last - (_WARNED_IN_MONTH if self.period == Period.MONTH else _WARNED)

    def warns(self, today: date) -> bool:
        """Time is running out, and fewer meetings were held or are planned than are required."""
        is_late = self.warn_from is not None and self.warn_from <= today
        return self.is_open and is_late and self.held + self.planned < self.required

    @property
    def overdue_since(self) -> date | None:
        return None if self.is_open or self.is_kept else self.last + _DAY


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of the duty on a day, as the Lider sees it."""

    next_due: date | None  # the last day by which the next meeting must be held
    warn: bool
    overdue_since: date | None

    @property
    def is_overdue(self) -> bool:
        return self.overdue_since is not None


def spans(facts: Facts, today: date) -> tuple[Span, ...]:
    """Every day of the duty in one span each, until the one in which today lies.

    A period is judged by the rhythm in force on its last day. One that a change of the rhythm
    or the end of the team cut off has no such day, so it asks for nothing.
    """
    return tuple(span for span in _seen(facts, today) if span.first <= today)


def standing(facts: Facts, today: date) -> Standing:
    """The state of the duty on a day.

    What a period lacks isn't made up for: a team is overdue from the day after until its next
    meeting. Without a rhythm in force it isn't.
    """
    every = tuple(_seen(facts, today))
    now = next((span for span in every if span.first <= today <= span.last), None)
    met_on = max((day for day in facts.held if day <= today), default=date.min)
    since = [one.overdue_since for one in every if one.overdue_since and one.last >= met_on]
    is_asked = any(holds_on(today, one.from_on, one.ended_on) for one in _in_turn(facts))
    return Standing(
        next_due=next((span.due_on for span in every if span.due_on), None),
        warn=now is not None and now.warns(today),
        overdue_since=min(since, default=None) if is_asked else None,
    )


def _seen(facts: Facts, today: date) -> Iterator[Span]:
    """The spans with their meetings, some of them yet to come."""
    rhythms = _in_turn(facts)
    planned = facts.planned - facts.held
    for first, last, asked in _cut(rhythms, date(today.year + _YEARS_AHEAD, 12, 31)):
        yield Span(
            first=first,
            last=last,
            period=asked.period if asked else "",
            required=_required(rhythms, asked, first, last) if asked else 0,
            held=sum(first <= day <= min(last, today) for day in facts.held),
            planned=sum(max(first, today) <= day <= last for day in planned),
            is_open=today <= last,
        )


def _in_turn(facts: Facts) -> tuple[Rhythm, ...]:
    """The rhythms one after another, within the life of the team; of two at once the later one."""
    given = sorted(facts.rhythms, key=lambda one: one.from_on)
    days = {facts.from_on, facts.ended_on}
    days |= {day for one in given for day in (one.from_on, one.ended_on)}
    in_order = sorted(day for day in days if day)
    turns: list[Rhythm] = []
    for day, until in zip(in_order, [*in_order[1:], None], strict=True):
        asked = _in_force(given, day)
        if asked is None or not holds_on(day, facts.from_on, facts.ended_on):
            continue
        if turns and turns[-1].ended_on == day and turns[-1].asks_as(asked):
            turns[-1] = replace(turns[-1], ended_on=until)
        else:
            turns.append(replace(asked, from_on=day, ended_on=until))
    return tuple(turns)


def _in_force(rhythms: Sequence[Rhythm], day: date) -> Rhythm | None:
    """The last of the rhythms that hold on a day."""
    return next((r for r in reversed(rhythms) if holds_on(day, r.from_on, r.ended_on)), None)


def _cut(rhythms: tuple[Rhythm, ...], until: date) -> Iterator[tuple[date, date, Rhythm | None]]:
    """The days since the first rhythm, each period with the rhythm that judges it, and the rest."""
    if not rhythms:
        return
    start = rhythms[0].from_on
    for last in _month_ends(start, until):
        asked = _in_force(rhythms, last)
        if asked is None or last != last_of(asked.period, last):
            continue
        first = max(start, first_of(asked.period, last))
        if start < first:
            yield start, first - _DAY, None
        yield first, last, asked
        start = last + _DAY
    over_on = rhythms[-1].ended_on
    last = min(until, over_on - _DAY) if over_on else until
    if start <= last:
        yield start, last, None


def _required(rhythms: tuple[Rhythm, ...], asked: Rhythm, first: date, last: date) -> int:
    """The meetings that a period asks for.

    A new rhythm counts for the days since it holds, as for a team founded that day; and what
    was asked before it still is, but no more than the new one asks of all these days.
    """
    new = asked.share(max(asked.from_on, first), last)
    before = _in_force(rhythms, first)
    if before is None:
        return new
    return max(new, min(before.share(first, last), asked.share(first, last)))


def _month_ends(start: date, until: date) -> Iterator[date]:
    day = _last_of_month(start)
    while day <= until:
        yield day
        day = _last_of_month(day + _DAY)


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def _length(first: date, last: date) -> int:
    return (last - first).days + 1
