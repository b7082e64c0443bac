"""The register of any day, levels and people included, equals a replay of what happened."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import (
    Engagement,
    EngagementLevel,
    FlagKind,
    Membership,
    MembershipFlag,
    PartnershipCoordinator,
    register_on,
)
from tests.budget import cases
from tests.factories import partnership as make_partnership
from tests.factories import people as make

START = date(2024, 1, 1)
NAMES = ("Anna", "Borys")


@dataclass(frozen=True)
class Event:
    """One thing that happens to the institution on a day."""

    day: int
    what: str  # JOIN, LEAVE, SEAT, LEVEL, FLAG
    of: str = ""  # whose seat, which level, which flag


EVENTS = st.one_of(
    st.builds(Event, st.integers(0, 12), st.sampled_from(["JOIN", "LEAVE"])),
    st.builds(Event, st.integers(0, 12), st.just("SEAT"), st.sampled_from(NAMES)),
    st.builds(Event, st.integers(0, 12), st.just("LEVEL"), st.sampled_from(EngagementLevel.values)),
    st.builds(Event, st.integers(0, 12), st.just("FLAG"), st.sampled_from(FlagKind.values)),
)


@dataclass
class State:
    """The state of the institution at the end of a day, as a replay knows it."""

    is_member: bool = False
    seats: set[str] = field(default_factory=set)
    level: str = ""
    flags: set[str] = field(default_factory=set)

    def apply(self, event: Event) -> None:
        """Joining begins anew; leaving ends all; a seat and a flag come and go in turns."""
        if event.what == "JOIN" and not self.is_member:
            self.__init__(is_member=True)  # type: ignore[misc]
        elif event.what == "LEAVE":
            self.__init__()  # type: ignore[misc]
        elif self.is_member and event.what == "LEVEL":
            self.level = event.of
        elif self.is_member and event.what in ("SEAT", "FLAG"):
            (self.seats if event.what == "SEAT" else self.flags).symmetric_difference_update(
                {event.of}
            )


class Writer:
    """Writes the same events as dated rows, as the actions do."""

    def __init__(self) -> None:
        self.organisation = make.organisation()
        self.people = {name: make.person(full_name=name) for name in NAMES}
        self.member: Membership | None = None

    def write(self, event: Event) -> None:
        day = START + timedelta(days=event.day)
        if event.what == "JOIN" and self.member is None:
            self.member = make_partnership.member(self.organisation, day)
            self.member.coordinators.all().delete()
        elif event.what == "LEAVE" and self.member is not None:
            self._end(self.member.coordinators, day)
            self._end(self.member.engagements, day)
            self._end(self.member.flags, day)
            self._end(Membership.objects, day)
            self.member = None
        elif self.member is not None and event.of:
            self._change(self.member, event, day)

    def _change(self, member: Membership, event: Event, day: date) -> None:
        if event.what == "LEVEL":
            self._end(member.engagements, day)
            Engagement.objects.create(membership=member, level=event.of, reason="x", from_on=day)
        elif event.what == "SEAT":
            person = self.people[event.of]
            if not self._end(member.coordinators.filter(person=person), day):
                PartnershipCoordinator.objects.create(membership=member, person=person, from_on=day)
        elif not self._end(member.flags.filter(kind=event.of), day):
            MembershipFlag.objects.create(membership=member, kind=event.of, from_on=day)

    def _end(self, rows: object, day: date) -> int:
        return rows.filter(ended_on=None).update(ended_on=day)  # type: ignore[attr-defined]


def _register(day: date) -> Iterator[tuple[set[str], str, set[str]]]:
    for member in register_on(day):
        (level,) = [one.level for one in member.levels] or [""]
        yield (
            {seat.person.full_name for seat in member.seats},
            level,
            {one.kind for one in member.marks},
        )


@settings(max_examples=cases(25))
@given(events=st.lists(EVENTS, max_size=14), after=st.integers(-1, 13))
def test_the_register_of_any_day_is_a_replay(
    partnership: TenantRef, events: list[Event], after: int
) -> None:
    events = sorted(events, key=lambda event: event.day)
    state = State()
    with inside(partnership), transaction.atomic():
        writer = Writer()
        for event in events:
            writer.write(event)
            if event.day <= after:
                state.apply(event)
        shown = list(_register(START + timedelta(days=after)))
        transaction.set_rollback(True)
    expected = [(state.seats, state.level, state.flags)] if state.is_member else []
    assert shown == expected
