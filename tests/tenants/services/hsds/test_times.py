"""A schedule opens and closes on the same days and hours as the service (REG §3.2, §3.5.c)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tenants.services.hours import hours_of
from tenants.services.hsds.times import schedules
from tests.tenants.services.hsds.listed import HOURS, NOON, TODAY, entry

END = TODAY + timedelta(days=120)


def opened(schedule: dict[str, Any]) -> set[tuple[date, str, str]]:
    """What another program makes of it."""
    rule = f"FREQ={schedule['freq']};BYDAY={schedule['byday']}"
    if "until" in schedule:
        rule += f";UNTIL={schedule['until'].replace('-', '')}"
    if "count" in schedule:
        rule += f";COUNT={schedule['count']}"
    start = datetime.combine(date.fromisoformat(schedule["dtstart"]), time())
    ends = datetime.combine(END, time())
    days = rrulestr(rule, dtstart=start).between(start, ends, inc=True)
    return {(day.date(), schedule["opens_at"], schedule["closes_at"]) for day in days}


@given(HOURS, st.none() | st.dates(TODAY, END), st.none() | st.dates(TODAY, END))
def test_they_say_each_day_what_the_hours_say(
    kept: Any, begins: date | None, until: date | None
) -> None:
    said = schedules(entry(hours=kept, valid_from=begins, valid_until=until))
    if begins and until and until < begins:
        assert said == []  # it ends before it begins
        return
    days = [day for one in said if "freq" in one for day in opened(one)]
    assert len(days) == len(set(days))
    hours = hours_of(kept)
    assert hours
    first, last = begins or TODAY, until or END
    expected = {
        (day, f"{one.begins // 60:02}:{one.begins % 60:02}", _closing(one.ends))
        for day in (TODAY + timedelta(days=n) for n in range((END - TODAY).days + 1))
        if first <= day <= last
        for one in hours.on(day)
    }
    assert set(days) == expected


def _closing(minute: int) -> str:
    minute = min(minute, 24 * 60 - 1)
    return f"{minute // 60:02}:{minute % 60:02}"


def test_a_day_that_differs_parts_the_rule_in_two() -> None:
    first, second = schedules(entry())
    assert NOON.date() == TODAY
    assert (first["dtstart"], first["until"]) == ("2026-11-30", "2026-12-23")
    assert second["dtstart"] == "2026-12-25"
    assert "until" not in second
    assert (first["byday"], first["opens_at"], first["closes_at"]) == (
        "MO,TU,WE,TH,FR",
        "08:00",
        "16:00",
    )
    assert first["kooperacja_timezone"] == "Europe/Warsaw"
    assert first["id"] != second["id"]


def test_where_no_hours_are_known_their_words_are_said() -> None:
    (said,) = schedules(entry(hours=None, hours_about="Po umówieniu."))
    assert said["description"] == "Po umówieniu."
    assert schedules(entry(hours=None)) == []
