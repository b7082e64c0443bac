"""Schedules: opening hours as rules of RFC 5545, by the clock on the wall in Poland."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kooperacja.ui.polish import localtime
from tenants.services.hours import DAY, Hours, Recurrence, clock_of, hours_of
from tenants.services.hsds.frame import Entry
from tenants.services.hsds.parts import EXTRA, Json, given, part_id

TIMEZONE = "Europe/Warsaw"
_ONE_DAY = timedelta(days=1)
_LAST_MINUTE = DAY - 1  # no clock of a schedule says 24:00


def schedules(entry: Entry) -> list[Json]:
    """The hours since its last change; a sentence where nobody said more."""
    facts = entry.facts
    begins, ends = facts.valid_from, facts.valid_until
    if begins and ends and ends < begins:
        return []  # it ends before it has begun
    known = hours_of(facts.hours)
    hours = known and replace(known, from_on=begins, until_on=ends)
    rules = list(_rules(entry, hours)) if hours else []
    words = facts.hours_about or (hours.said if hours else "")
    if rules or not words:
        return rules
    return [{"id": part_id(entry.id, "schedule"), "description": words}]


def _rules(entry: Entry, hours: Hours) -> Iterator[Json]:
    for one in hours.recurrences(localtime(entry.changed_at).date()):
        for begins, until in _runs(one):
            yield _rule(entry, one, begins, until)


def _rule(entry: Entry, one: Recurrence, begins: date, until: date | None) -> Json:
    opens, closes = one.hours.begins, min(one.hours.ends, _LAST_MINUTE)
    name = f"{one.rrule}:{begins}:{until}:{opens}-{closes}"
    return given(
        id=part_id(entry.id, "schedule", name),
        freq="WEEKLY",
        wkst="MO",
        interval=1,
        byday=one.byday,
        dtstart=begins.isoformat(),
        until=until.isoformat() if until and not one.count else "",
        count=one.count,
        opens_at=_clock(opens),
        closes_at=_clock(closes),
        notes=entry.facts.hours_about,
        **{f"{EXTRA}timezone": TIMEZONE},
    )


def _runs(one: Recurrence) -> Iterator[tuple[date, date | None]]:
    """Its first and last day, again after each day that has other hours: HSDS knows no EXDATE."""
    begins = one.begins_on
    for day in one.without:
        if (first := _first(one, begins)) < day:
            yield first, day - _ONE_DAY
        begins = day + _ONE_DAY
    first = _first(one, begins)
    if one.until_on is None or first <= one.until_on:
        yield first, one.until_on


def _first(one: Recurrence, since: date) -> date:
    return min(since + timedelta((day - since.weekday()) % 7) for day in one.days)


def _clock(minute: int) -> str:
    return clock_of(minute).rjust(5, "0")
