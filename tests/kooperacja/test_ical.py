"""An invitation is read as it was meant, by programs that know no more than what stands in it."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from kooperacja.ical import Attendee, BadReply, Event, Method, PartStat, read_reply, written

WARSAW = ZoneInfo("Europe/Warsaw")
ORGANIZER = ("Gmina Gogolin", "odpowiedzi+udzial.abc@example.pl")
TEN = Event(
    uid="0193-spotkanie@example.pl",
    sequence=3,
    stamped=datetime(2026, 11, 29, 12, 0, 1, 5, UTC),
    starts=datetime(2026, 2, 3, 10, tzinfo=WARSAW),
    ends=datetime(2026, 2, 3, 12, tzinfo=WARSAW),
    summary="Spotkanie Partnerstwa",
    organizer=ORGANIZER,
    attendees=(Attendee("Anna Przykładowa", "anna@szkola.example.pl"),),
    method=Method.REQUEST,
)


def read(event: Event) -> Calendar:
    """The calendar in a program to which the name of our time zone says nothing."""
    content = written(event).replace(b"Europe/Warsaw", b"Zegar na scianie")
    return Calendar.from_ical(content)


def clock_of(event: Event) -> tzical:
    """The rules of the time zone, read by another library."""
    return tzical(StringIO(written(event).decode().replace("\r\n ", "")))


def met(event: Event, day: date) -> tuple[datetime, datetime]:
    [component] = recurring_ical_events.of(read(event)).at(day)
    return component.start, component.end


def at(*moment: int, hours: int = 2) -> Event:
    starts = datetime(*moment, tzinfo=WARSAW)  # type: ignore[misc, arg-type]
    ends = (starts.astimezone(UTC) + timedelta(hours=hours)).astimezone(WARSAW)
    return replace(TEN, starts=starts, ends=ends)


@pytest.mark.parametrize(
    "event",
    [
        at(2026, 2, 3, 10),
        at(2026, 7, 3, 10),
        at(2026, 3, 29, 1, 30),
        at(2026, 3, 29, 3),
        at(2026, 10, 25, 1, hours=4),
        at(2026, 10, 25, 10),
        at(2026, 12, 31, 23),
    ],
    ids=lambda event: event.starts.isoformat(),
)
def test_a_meeting_is_at_its_hour_in_a_reader_that_knows_only_its_own_rules(event: Event) -> None:
    starts, ends = met(event, event.starts.date())
    assert starts.replace(tzinfo=None) == event.starts.replace(tzinfo=None)
    assert starts.astimezone(UTC) == event.starts.astimezone(UTC)
    assert ends.astimezone(UTC) == event.ends.astimezone(UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
@example(datetime(2026, 3, 29, 1, tzinfo=UTC))
def test_every_moment_stays_the_moment_it_is(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    event = replace(TEN, starts=moment, ends=moment + timedelta(hours=2))
    lines = written(event).decode().replace("\r\n ", "").split("\r\n")
    starts = [line for line in lines if line.startswith("DTSTART")][-1]
    name, _, value = starts.partition(":")
    if name == "DTSTART":
        assert datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) == moment
    else:
        wall = datetime.strptime(value, "%Y%m%dT%H%M%S")
        told = wall.replace(tzinfo=clock_of(event).get())
        assert told.astimezone(UTC) == moment


def test_the_rules_are_those_of_the_years_to_come() -> None:
    """The day on which the law drops the change of clocks, this tells."""
    clock = clock_of(TEN).get()
    days = (datetime(2026, 1, 1, 4) + timedelta(days=number) for number in range(365 * 11))
    wrong = [
        day
        for day in days
        if day.replace(tzinfo=clock).utcoffset() != day.replace(tzinfo=WARSAW).utcoffset()
    ]
    assert wrong == []


def test_the_clock_turns_at_the_very_moment() -> None:
    """An hour of the clock before, as the standard has it; not every reader minds."""
    [zone] = Calendar.from_ical(written(TEN)).walk("VTIMEZONE")
    turns = 0
    for half in zone.subcomponents:
        since, rule = half["dtstart"].dt, half["rrule"].to_ical().decode()
        before, after = half["tzoffsetfrom"].td, half["tzoffsetto"].td
        for onset in rrulestr(rule, dtstart=since).between(since, datetime(2040, 1, 1), inc=True):
            moment = (onset - before).replace(tzinfo=UTC)
            assert moment.astimezone(WARSAW).utcoffset() == after
            assert (moment - timedelta(seconds=1)).astimezone(WARSAW).utcoffset() == before
            turns += 1
    assert turns == 2 * (2040 - 1996)


def test_it_is_written_the_same_each_time_in_short_lines() -> None:
    event = replace(TEN, summary="Spotkanie „ząb”; " * 20, description="Raz\r\ndwa, trzy\u202e")
    content = written(event)
    assert content == written(event)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    [component] = read(event).events
    assert component["summary"] == ("Spotkanie „ząb”; " * 20).strip()
    assert component["description"] == "Raz\ndwa, trzy"
    assert component["dtstamp"].dt == datetime(2026, 11, 29, 12, 0, 1, tzinfo=UTC)


def test_an_invitation_asks_and_names_where_to_answer() -> None:
    calendar = read(TEN)
    [event] = calendar.events
    assert (calendar["method"], event["uid"], event["sequence"]) == ("REQUEST", TEN.uid, 3)
    assert event["status"] == "CONFIRMED"
    assert event["organizer"] == f"mailto:{ORGANIZER[1]}"
    attendee = event["attendee"]
    assert attendee == "mailto:anna@szkola.example.pl"
    assert dict(attendee.params) == {
        "CN": "Anna Przykładowa",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_an_end_says_that_the_event_is_off_and_asks_nothing() -> None:
    calendar = read(replace(TEN, method=Method.CANCEL, sequence=4))
    [event] = calendar.events
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 4)
    assert "RSVP" not in event["attendee"].params


def test_a_file_to_keep_has_no_method() -> None:
    calendar = read(replace(TEN, method=None, organizer=None, attendees=(), is_cancelled=True))
    assert "method" not in calendar
    assert calendar.events[0]["status"] == "CANCELLED"


@given(st.text(max_size=200))
@example('Szkoła "A"; B:C,\r\nATTENDEE:mailto:x@y')
@example("\\")
@example("\x00\x07\u2028\u202e")
def test_no_name_breaks_out_of_its_place(name: str) -> None:
    event = replace(
        TEN,
        summary=name,
        place=name,
        description=name,
        organizer=(name, "a@example.pl"),
        attendees=(Attendee(name, "b@example.pl"),),
    )
    [component] = read(event).events
    assert component["organizer"] == "mailto:a@example.pl"
    assert component["attendee"] == "mailto:b@example.pl"
    assert component["uid"] == TEN.uid


def reply(*lines: str, method: str = "REPLY", attendee: str = "") -> bytes:
    attendee = attendee or "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:MAILTO:Anna@Szkola.example.pl"
    event = ["BEGIN:VEVENT", "UID:abc@example.pl", "SEQUENCE:3", attendee, *lines, "END:VEVENT"]
    whole = ["BEGIN:VCALENDAR", f"METHOD:{method}", *event, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def test_an_answer_is_read() -> None:
    answer = read_reply(reply("COMMENT:Będę\\, ale\\n późni", " ej", "DTSTART:20260203T090000Z"))
    assert (answer.uid, answer.sequence) == ("abc@example.pl", 3)
    assert (answer.attendee, answer.partstat) == ("anna@szkola.example.pl", PartStat.ACCEPTED)
    assert answer.comment == "Będę, ale\n później"


def test_an_answer_to_our_own_invitation_is_read() -> None:
    ours = written(replace(TEN, attendees=(Attendee("A", "a@example.pl", PartStat.DECLINED),)))
    answer = read_reply(b"\xef\xbb\xbf" + ours.replace(b"METHOD:REQUEST", b"METHOD:REPLY"))
    assert (answer.uid, answer.sequence, answer.partstat) == (TEN.uid, 3, PartStat.DECLINED)


TWO = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@example.pl"
BAD = {
    "request": reply(method="REQUEST"),
    "no method": reply().replace(b"METHOD:REPLY\r\n", b""),
    "two methods": reply().replace(b"METHOD:REPLY", b"METHOD:REPLY\r\nMETHOD:REPLY"),
    "two people": reply(TWO),
    "two events": reply("END:VEVENT", "BEGIN:VEVENT", "UID:x", TWO),
    "nobody": reply(attendee="X-NONE:1"),
    "no answer": reply(attendee="ATTENDEE:mailto:a@example.pl"),
    "asked": reply(attendee="ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@example.pl"),
    "delegated": reply(attendee="ATTENDEE;PARTSTAT=DELEGATED:mailto:a@example.pl"),
    "no address": reply(attendee="ATTENDEE;PARTSTAT=ACCEPTED:https://example.pl"),
    "two names": reply("UID:other"),
    "sequence": reply().replace(b"SEQUENCE:3", b"SEQUENCE:-1"),
    "great sequence": reply().replace(b"SEQUENCE:3", b"SEQUENCE:" + b"9" * 5000),
    "long uid": reply().replace(b"UID:", b"UID:" + b"x" * 300),
    "cut": reply()[:-20],
    "crossed": reply("BEGIN:VALARM", "END:VEVENT", "END:VALARM"),
    "no line": reply("słowo"),
    "not text": reply().replace(b"Anna", b"\xff\xfe"),
    "empty": b"",
    "many lines": reply(*["X-A:1"] * 3000),
    "long": reply("COMMENT:" + "x" * 200_000),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_answer_of_one_person_is_refused(content: bytes) -> None:
    with pytest.raises(BadReply):
        read_reply(content)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_comes_is_refused_and_nothing_else(content: bytes) -> None:
    for given_ in (content, reply().replace(b"SEQUENCE:3", content)):
        with suppress(BadReply):
            read_reply(given_)
