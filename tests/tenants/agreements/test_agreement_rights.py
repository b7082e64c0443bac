"""Rights that rest on an agreement exist exactly while it and the party's part in it last (POR)."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kooperacja.audit.actor import SYSTEM
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import perms
from tenants.agreements.actions import ending
from tenants.agreements.models import Agreement, Departure, Ending, Party
from tenants.agreements.standing import parties_in_force
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.budget import cases
from tests.factories import agreement_force as make_force
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people

HOUSES = st.integers(0, 3)
AHEAD, AROUND = st.integers(0, 4), st.integers(-2, 4)
START = timezone.localdate()


@dataclass
class Known:
    """An agreement as it should be: the days of each part, and those that are only announced."""

    row: Agreement
    since: date
    parts: dict[int, list[Any]] = field(default_factory=dict)  # house → [from, until, departure]
    said: list[Any] = field(default_factory=list)  # [day, ending]

    def has(self, house: int, day: date) -> bool:
        """Day by day from its first, it goes on while two are there and nobody said that it ends."""
        for number in range((day - self.since).days + 1):
            on = self.since + timedelta(days=number)
            if len(self.there(on)) < 2 or (self.said and on >= self.said[0]):
                return False
        return day >= self.since and house in self.there(day)

    def there(self, on: date) -> list[int]:
        return [
            house
            for house, (since, until, _) in self.parts.items()
            if since <= on and (until is None or on < until)
        ]

    def is_open(self, day: date) -> bool:
        return any(self.has(house, day) for house in self.parts)


class Life(RuleBasedStateMachine):
    """Four institutions, agreements between some of them, and days that pass."""

    tenant: ClassVar[TenantRef]

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=False)
        self.clock.start()
        self.wall = inside(self.tenant)
        self.wall.__enter__()
        self.work: Any = transaction.atomic()
        self.work._from_testcase = True  # so that files are read as outside of one
        self.work.__enter__()
        self.who = make.by()
        self.houses = [make_people.organisation() for _ in range(4)]
        self.people = [make_people.person(email=f"o{n}@example.pl") for n in range(4)]
        self.known: list[Known] = []
        self.passed = 0

    @property
    def today(self) -> date:
        return START + timedelta(days=self.passed)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)
        self.wall.__exit__(None, None, None)
        self.clock.stop()

    def let_in(self, house: int) -> None:
        RoleAssignment.objects.get_or_create(
            person=self.people[house],
            role=Role.PARTY,
            organisation=self.houses[house],
            ended_on=None,
            defaults={"from_on": self.today},
        )

    def party(self, one: Known, house: int) -> Party:
        return one.row.parties.get(organisation=self.houses[house])

    @precondition(lambda self: len(self.known) < 3)
    @rule(houses=st.sets(HOUSES, min_size=2))
    def sign(self, houses: set[int]) -> None:
        """A new agreement; whoever left another comes back by it."""
        row = make.draft("C", self.who)
        signed = {make.party(row, self.houses[one], who=self.who): self.today for one in houses}
        row = make_force.in_force(row, signed, self.today)
        one = Known(row, self.today, {house: [self.today, None, None] for house in houses})
        self.known.append(one)
        for house in houses:
            self.let_in(house)

    @rule(house=HOUSES, on=AROUND)
    def leave(self, house: int, on: int) -> None:
        for one in self.known:
            until = self.today + timedelta(days=on)
            part = one.parts.get(house)
            if part and part[1] is None and one.has(house, self.today) and until >= part[0]:
                with suppress(ValidationError):  # the agreement ends before
                    part[2] = life.leave(self.party(one, house), on, self.who).pk
                    part[1] = until
                return

    @rule(house=HOUSES)
    def stay(self, house: int) -> None:
        for one in self.known:
            part = one.parts.get(house)
            if part and part[1] and part[1] > self.today and one.is_open(self.today):
                life.stay(Departure.objects.get(pk=part[2]), self.who)
                part[1] = None
                return

    @rule(house=HOUSES, other=HOUSES)
    def merge(self, house: int, other: int) -> None:
        for one in self.known:
            part, into = one.parts.get(house), one.parts.get(other)
            is_there = part is not None and part[1] is None and one.has(house, self.today)
            may_be = house != other and (into is None or one.has(other, self.today))
            if is_there and part and may_be:
                life.merge(self.party(one, house), self.houses[other], 0, self.who)
                part[1] = self.today
                if into is None:
                    one.parts[other] = [self.today, None, None]
                if one.has(other, self.today):
                    self.let_in(other)
                return

    @precondition(lambda self: self.known)
    @rule(data=st.data(), on=AHEAD)
    def end(self, data: Any, on: int) -> None:
        one = data.draw(st.sampled_from(self.known))
        day = self.today + timedelta(days=on)
        if one.is_open(self.today) and not one.said:
            with suppress(ValidationError):  # it ends before
                one.said = [day, life.end(one.row, on, self.who).pk]

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def go_on(self, data: Any) -> None:
        one = data.draw(st.sampled_from(self.known))
        if one.said and one.said[0] > self.today and one.is_open(self.today):
            life.go_on(Ending.objects.get(pk=one.said[1]), self.who)
            one.said = []

    @rule()
    def day_passes(self) -> None:
        self.passed += 1
        self.clock.stop()
        self.clock = time_machine.travel(self.today, tick=False)
        self.clock.start()
        for key in ending.to_settle(self.today):
            ending.settle_at(by=SYSTEM, agreement_id=key)

    @invariant()
    def rights_are_those_of_the_parts(self) -> None:
        for house, of in enumerate(self.houses):
            own = [one for one in self.known if one.has(house, self.today)]
            held = RoleAssignment.objects.on(self.today).filter(role=Role.PARTY, organisation=of)
            assert held.exists() == bool(own)
            for one in self.known:
                self.compare(one, house, of, is_there=one in own)

    def compare(self, one: Known, house: int, of: Organisation, *, is_there: bool) -> None:
        row = Agreement.objects.get(pk=one.row.pk)
        seats = Seat.objects.on(self.today).filter(team__rests_on=row.pk, organisation=of)
        bound = [party.organisation_id for party in parties_in_force(row, self.today)]
        person = Person.objects.get(pk=self.people[house].pk)
        assert (seats.exists(), of.pk in bound) == (is_there, is_there)
        if is_there or one.is_open(self.today):
            assert perms.see_agreement(person, row) == is_there


def test_rights_last_exactly_as_long_as_the_agreement_and_the_part_in_it(
    partnership: TenantRef,
) -> None:
    Life.tenant = partnership
    run_state_machine_as_test(
        Life, settings=settings(max_examples=cases(12), stateful_step_count=14, deadline=None)
    )
