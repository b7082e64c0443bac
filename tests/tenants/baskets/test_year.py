"""A year of many cards: each is settled or out of reach in time, and nobody is pestered (REG §3.5.a)."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import checking
from tenants.baskets.actions.checking import Said
from tenants.baskets.models.answers import Answer
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.standing import silent_cards, unanswered_on
from tenants.baskets.workflow import CheckState
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.budget import IS_SOAK
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.baskets.test_rounds import night

YEAR, SETTLED = 365, 60
LETTERS = range(0, 57, 14)  # days of a round on which something happens by itself
CYCLES = (365, 180, 90)
SECOND_LATER = 20  # days after the first service of a card the second one is due


@dataclass(frozen=True)
class Habit:
    """What an owner does, so many days after a service is due."""

    answers: int | None = None
    by_phone: bool = False
    voice_goes: int | None = None
    leaves: int | None = None

    @property
    def days(self) -> list[int]:
        known = (self.answers, self.voice_goes, self.leaves)
        return [one for one in known if one is not None]


PROMPT, LATE = Habit(answers=1), Habit(answers=30)
CAUGHT_UP = Habit(answers=70, by_phone=True)
SILENT, LEFT, VOICELESS = Habit(), Habit(leaves=20), Habit(voice_goes=20)
HABITS = (PROMPT, LATE, CAUGHT_UP, SILENT, LEFT, VOICELESS)
CARDS = 150 if IS_SOAK else 2 * len(HABITS)


@dataclass
class Owner:
    """A kooperant with a card, and what became of each day by which it was to be confirmed."""

    habit: Habit
    organisation: Organisation
    card: Card
    letters: list[date] = field(default_factory=list)
    link: str = ""
    due: dict[UUID, date] = field(default_factory=dict)  # waits for an answer now
    settled: list[tuple[date, date]] = field(default_factory=list)  # due, answered or left
    left_on: date | None = None


def owner(office: Actor, number: int, cards: int) -> Owner:
    """Its card has one or two services; those of all cards are due all over their cycle."""
    organisation = make_people.organisation(
        name=f"Instytucja nr {number:03}", email=f"sekretariat{number}@pokaz.example"
    )
    make_partnership.member(organisation)
    make_people.person(Role.PARTNER_COORDINATOR, organisation=organisation)
    cycle = CYCLES[number % len(CYCLES)]
    due = office.today + timedelta(days=1 + number * cycle // cards)
    for name in ("Klub", "Świetlica")[: 1 + number // len(HABITS) % 2]:
        service = make.accepted(office, organisation, name=name)
        confirmed = due - timedelta(days=cycle)
        Service.objects.filter(pk=service.pk).update(
            cycle=cycle, confirmed_on=confirmed, due_on=due
        )
        due += timedelta(days=SECOND_LATER)
    return Owner(HABITS[number % len(HABITS)], organisation, service.card)


class Year:
    """It is lived on those days alone on which something is to happen."""

    def __init__(self, tenant: TenantRef, office: Actor, cards: int) -> None:
        self.tenant, self.office = tenant, office
        self.owners = [owner(office, number, cards) for number in range(cards)]
        self.today = office.today
        self.last = self.today + timedelta(days=YEAR + SETTLED)
        self.mails_read = 0

    def live(self) -> None:
        while (day := self.next_day()) <= self.last:
            self.today = day
            night(self.tenant, day)
            self.read_mails()
            with time_machine.travel(day):
                self.act()

    def next_day(self) -> date:
        rounds = CardCheck.objects.exclude(state=CheckState.DONE)
        days = set(Service.objects.values_list("due_on", flat=True))
        for opened_on in rounds.values_list("opened_on", flat=True):
            days |= {opened_on + timedelta(days=later) for later in LETTERS}
        for one in self.owners:
            for due in one.due.values():
                days |= {due + timedelta(days=later) for later in (*one.habit.days, SETTLED)}
        return min((day for day in days if day > self.today), default=date.max)

    def read_mails(self) -> None:
        rows = Outgoing.objects.filter(kind="MAIL", payload__code="CARDS_TO_CONFIRM")
        for mail in rows.order_by("pk")[self.mails_read :]:
            self.mails_read += 1
            for one in self.owners:
                if found := re.search(
                    rf"{one.organisation.name}:\n\S+?(/gmina/\S+)", mail.payload["text"]
                ):
                    one.letters.append(self.today)
                    one.link = found[1]

    def act(self) -> None:
        """Whoever does something does it; then nobody waits for too long, or was pestered."""
        waiting = self.waiting()
        for one in self.owners:
            if not one.left_on:
                one.due = waiting[one.card.pk]
                self.live_on(one)
        waiting = self.waiting()
        silent = silent_cards()
        for one in self.owners:
            if not one.left_on:
                one.due = waiting[one.card.pk]
                self.look_at(one, is_silent=one.card.pk in silent)

    def waiting(self) -> dict[UUID, dict[UUID, date]]:
        """Unanswered services of each card, each with the day by which it was to be confirmed."""
        found = defaultdict[UUID, dict[UUID, date]](dict)
        rows = unanswered_on(self.today).order_by("pk")
        for card, service, due in rows.values_list("card", "pk", "due_on"):
            found[card][service] = due
        return found

    def live_on(self, one: Owner) -> None:
        if self.is_turn(one, one.habit.answers):
            self.answer(one)
            one.settled += [(due, self.today) for due in one.due.values()]
        elif self.is_turn(one, one.habit.leaves):
            Membership.objects.get(organisation=one.organisation).end(self.today)
            one.left_on = self.today
        elif self.is_turn(one, one.habit.voice_goes):
            held = RoleAssignment.objects.filter(organisation=one.organisation, ended_on=None)
            held.update(ended_on=self.today)

    def is_turn(self, one: Owner, after: int | None) -> bool:
        return after is not None and any(
            due + timedelta(days=after) <= self.today for due in one.due.values()
        )

    def answer(self, one: Owner) -> None:
        """By the link of the mail that came last, or to the office that calls."""
        if one.habit.by_phone:
            said = dict.fromkeys(one.due, Said(Answer.TRUE))
            checking.answer(by=self.office, card_id=one.card.pk, how=How.PHONE, answers=said)
            return
        browser = Client()
        page = browser.get(one.link)["Location"]
        assert browser.post(page, {str(pk): "TRUE" for pk in one.due}).status_code == 302

    def look_at(self, one: Owner, *, is_silent: bool) -> None:
        """Of what waits: for two months at most, or it is out of reach."""
        for due in one.due.values():
            assert is_silent or self.today < due + timedelta(days=SETTLED), (one, due)
            assert letters_between(one, due, self.today) <= 4, (one, due)


def letters_between(one: Owner, first: date, last: date) -> int:
    return sum(first <= day <= last for day in one.letters)


def wanted(one: Owner, day: date) -> bool:
    """Something of its card waited for an answer on that day."""
    waits = [(due, answered) for due, answered in one.settled]
    waits += [(due, one.left_on or date.max) for due in one.due.values()]
    return any(due <= day <= until for due, until in waits)


def is_well(one: Owner) -> bool:
    """Written to four times at most about a due day, and only while something waits."""
    for due, answered in one.settled:
        assert letters_between(one, due, answered) <= 4, (one, due)
    return all(wanted(one, day) for day in one.letters)


@pytest.mark.soak
def test_a_year_of_cards_ends_with_each_settled_and_nobody_pestered(
    in_partnership: TenantRef, office: Actor
) -> None:
    year = Year(in_partnership, office, CARDS)
    year.live()
    assert all(is_well(one) for one in year.owners)
    of = defaultdict[Habit, list[Owner]](list)
    for one in year.owners:
        of[one.habit].append(one)
    assert all(one.settled for one in (*of[PROMPT], *of[LATE], *of[CAUGHT_UP]))
    assert {len(one.letters) for one in of[SILENT]} == {4}
    never = (*of[SILENT], *of[VOICELESS])
    assert all(one.due and one.card.pk in silent_cards() for one in never)
    assert all(one.left_on and max(one.letters) <= one.left_on for one in of[LEFT])
