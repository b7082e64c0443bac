"""Moments of meetings, as people name them: a day and an hour where the unit is."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.ui.polish import localtime, pl_datetime


def moment(day: date, at: time) -> datetime:
    """The moment of a day and an hour; the earlier one on the night on which an hour comes twice.

    ValidationError on the night on which that hour does not come.
    """
    if not comes(day, at):
        raise ValidationError("Tej godziny tego dnia nie ma: zegar przestawia się o godzinę.")
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())


def comes(day: date, at: time) -> bool:
    """False on the night on which the clock leaves that hour out."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC).astimezone(zone).time() == at


def span(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Its beginning and end; an end that is not later by the clock is on the next day."""
    last = day if ends > starts else day + timedelta(days=1)
    return moment(day, starts), moment(last, ends)


def whole_days(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of a day until the end of another."""
    return moment(first, time()), moment(last + timedelta(days=1), time())


def in_words(starts: datetime, ends: datetime) -> str:
    """The time of a meeting; the day of its end only where that is another one."""
    last = localtime(ends)
    if last.date() == localtime(starts).date():
        return f"{pl_datetime(starts)}–{last:%H:%M}"
    return f"{pl_datetime(starts)} – {pl_datetime(ends)}"


_WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")


def with_weekday(starts: datetime, ends: datetime) -> str:
    """The same words after the day of the week, for whoever looks into a calendar."""
    return f"{_WEEKDAYS[localtime(starts).weekday()]}, {in_words(starts, ends)}"


def day_before(moment: datetime) -> date:
    """The last day that ends with a moment at midnight."""
    return (localtime(moment) - timedelta(minutes=1)).date()


def beginnings(starts_at: datetime, minutes: Sequence[int | None]) -> Iterator[datetime | None]:
    """When each item begins; None after one that does not say how long it takes."""
    now: datetime | None = starts_at
    for lasts in minutes:
        yield now
        now = now + timedelta(minutes=lasts) if now and lasts else None
