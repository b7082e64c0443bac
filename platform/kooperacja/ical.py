"""Events as calendars exchange them: an invitation or its end written, an answer read (RFC 5545, 5546).

Pure: the answer is a stranger's file and is read in a program of its own, which knows no Django.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar
from icalendar.parser import Contentlines

from kooperacja.ui.text import tidy_line, tidy_lines

WARSAW = ZoneInfo("Europe/Warsaw")
PRODUCT = "-//Kooperacja//Kalendarz//PL"
MOST_BYTES, MOST_LINES = 100_000, 2000
UID_LENGTH, ADDRESS_LENGTH, COMMENT_LENGTH = 255, 254, 2000
MAILTO = "mailto:"
# Programs show the escape of a quotation mark as it is written, and some take a backslash for one.
_IN_NAMES = str.maketrans({'"': "'", "\\": "/"})


class Method(StrEnum):
    """The intent of a calendar that is sent to somebody."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class PartStat(StrEnum):
    """An answer to an invitation."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


ANSWERS = frozenset(PartStat) - {PartStat.NEEDS_ACTION}


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is invited, and the answer so far."""

    name: str
    address: str
    partstat: PartStat = PartStat.NEEDS_ACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, for one calendar; without a method it is a file that one keeps.

    The `uid` stays, and `sequence` grows with each change of time or place. Programs send their
    answers to the organizer's address, whatever the mail's Reply-To says.
    """

    uid: str
    sequence: int
    stamped: datetime  # when this was written
    starts: datetime
    ends: datetime
    summary: str
    description: str = ""
    place: str = ""
    url: str = ""
    organizer: tuple[str, str] | None = None  # name, address
    attendees: Sequence[Attendee] = ()
    method: Method | None = None
    is_cancelled: bool = False

    def __post_init__(self) -> None:
        assert self.starts.tzinfo and self.ends.tzinfo and self.stamped.tzinfo
        assert self.starts <= self.ends, "it ends before it starts"
        assert not self.method or self.organizer, "an invitation names who answers go to"


def written(event: Event) -> bytes:
    """The calendar with this event and the rules of its time zone."""
    calendar = blank(event.method)
    calendar.add_component(warsaw())
    calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def blank(method: str | None) -> icalendar.Calendar:
    """A calendar of ours without events."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", str(method))
    return calendar


def warsaw() -> icalendar.Timezone:
    """The rules of the Polish time zone since 1996.

    Written out: the library lists single days, up to a year, and names the hour in spring wrongly.
    """
    zone = icalendar.Timezone()
    zone.add("tzid", WARSAW.key)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    day, night = icalendar.TimezoneDaylight(), icalendar.TimezoneStandard()
    _turn(day, "CEST", datetime(1996, 3, 31, 2), winter, summer)  # noqa: DTZ001
    _turn(night, "CET", datetime(1996, 10, 27, 3), summer, winter)  # noqa: DTZ001
    zone.add_component(day)
    zone.add_component(night)
    return zone


def _turn(
    half: icalendar.TimezoneDaylight | icalendar.TimezoneStandard,
    name: str,
    since: datetime,
    before: timedelta,
    after: timedelta,
) -> None:
    """It begins on the last Sunday of that month, at that hour of the clock before."""
    half.add("dtstart", since)
    half.add("rrule", {"freq": "yearly", "bymonth": since.month, "byday": "-1su"})
    half.add("tzoffsetfrom", before)
    half.add("tzoffsetto", after)
    half.add("tzname", name)


def _component(event: Event) -> icalendar.Event:
    is_cancelled = event.is_cancelled or event.method == Method.CANCEL
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.stamped.astimezone(UTC).replace(microsecond=0))
    component.add("dtstart", moment(event.starts))
    component.add("dtend", moment(event.ends))
    component.add("summary", _line(event.summary))
    component.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    for name, text in (("description", event.description), ("location", event.place)):
        if kept := tidy_lines(text.replace("\0", "")):
            component.add(name, kept)
    if event.url:
        component.add("url", event.url)
    if event.organizer:
        component.add("organizer", _person(*event.organizer))
    for attendee in event.attendees:
        component.add("attendee", _invited(attendee, asks=event.method == Method.REQUEST))
    return component


def moment(moment: datetime) -> datetime:
    """By the clock of Warsaw; in UTC where that clock shows the same hour a second time."""
    local = moment.astimezone(WARSAW).replace(microsecond=0)
    return local.astimezone(UTC) if local.fold else local


def _line(text: str) -> str:
    return tidy_line(text.replace("\0", ""))


def _person(name: str, address: str) -> icalendar.vCalAddress:
    person = icalendar.vCalAddress(MAILTO + address)
    if kept := _line(name).translate(_IN_NAMES):
        person.params["CN"] = kept
    return person


def _invited(attendee: Attendee, *, asks: bool) -> icalendar.vCalAddress:
    person = _person(attendee.name, attendee.address)
    person.params["ROLE"] = "REQ-PARTICIPANT"
    person.params["PARTSTAT"] = str(attendee.partstat)
    if asks:
        person.params["RSVP"] = "TRUE"
    return person


@dataclass(frozen=True, slots=True)
class Reply:
    """Somebody's answer to an invitation, as their calendar sent it."""

    uid: str
    sequence: int
    attendee: str  # address, in small letters
    partstat: PartStat
    comment: str


class BadReply(ValueError):
    """The calendar is no answer to an invitation."""


def read_reply(content: bytes) -> Reply:
    """The answer in a calendar of METHOD:REPLY; BadReply unless it is one event and one person's."""
    if len(content) > MOST_BYTES:
        raise BadReply("long")
    methods, events = [], list[dict[str, list[tuple[dict[str, str], str]]]]()
    for path, name, params, value in _lines(content):
        if path == ["VCALENDAR"] and name == "METHOD":
            methods.append(value.upper())
        if path == ["VCALENDAR", "VEVENT"]:
            if name == "BEGIN":
                events.append({})
            else:
                events[-1].setdefault(name, []).append((params, value))
    if methods != ["REPLY"] or len(events) != 1:
        raise BadReply("method")
    return _reply(events[0])


def _lines(content: bytes) -> Iterator[tuple[list[str], str, dict[str, str], str]]:
    """Each line with the components it stands in, its name, its parameters and its value.

    The line that begins a component counts as its own.
    """
    path: list[str] = []
    try:
        text = content.decode("utf-8-sig")
        lines = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
        for line in lines[: MOST_LINES + 1]:
            if line:
                name, params, value = line.parts()
                name = str(name).upper()
                if name == "BEGIN":
                    path.append(value.upper())
                if name != "END":
                    yield path, name, {key.upper(): str(params[key]) for key in params}, value
                elif not path or path.pop() != value.upper():
                    raise BadReply("nesting")
    except BadReply:
        raise
    except ValueError:
        raise BadReply("lines") from None
    if path or len(lines) > MOST_LINES:
        raise BadReply("end")


def _reply(event: dict[str, list[tuple[dict[str, str], str]]]) -> Reply:
    _, uid = _only(event, "UID")
    params, attendee = _only(event, "ATTENDEE")
    _, sequence = _only(event, "SEQUENCE") if "SEQUENCE" in event else ({}, "0")
    partstat, address = params.get("PARTSTAT", "").upper(), attendee.strip().lower()
    if partstat not in ANSWERS or not address.startswith(MAILTO):
        raise BadReply("answer")
    if not sequence.isascii() or not sequence.isdigit() or len(sequence) > 9:
        raise BadReply("sequence")
    if not 0 < len(uid) <= UID_LENGTH or len(address) > ADDRESS_LENGTH + len(MAILTO):
        raise BadReply("length")
    comments = (value for _, value in event.get("COMMENT", [])[:1])
    return Reply(
        uid=uid,
        sequence=int(sequence),
        attendee=address.removeprefix(MAILTO),
        partstat=PartStat(partstat),
        comment=tidy_lines(next(comments, "")[:COMMENT_LENGTH]),
    )


def _only(
    event: dict[str, list[tuple[dict[str, str], str]]], name: str
) -> tuple[dict[str, str], str]:
    values = event.get(name, [])
    if len(values) != 1:
        raise BadReply(name)
    return values[0]
