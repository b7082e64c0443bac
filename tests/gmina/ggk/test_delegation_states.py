"""Rights that rest on an agreement last as long as it and the party's part in it (POR-C §2.4.2, §3.7).

Two gminas and their county, whatever happens in them and however their letters come. What each of
them knows of a delegation may differ while letters are on their way, and no longer.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from hypothesis import Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from uuid6 import uuid7

from gmina.ggk.actions import asking, ending, seating
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.standing import county_of
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from powiat.pzk.actions import answering
from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Agreement
from tenants.exchange import delegations
from tenants.exchange.letters import LetterRef
from tenants.exchange.models import PublishedParty
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tests.budget import IS_SOAK, cases
from tests.factories import agreement_life as life
from tests.factories import county
from tests.factories import ggk as make
from tests.gmina.ggk.story import COUNTY, START, World, units_with_an_agreement

NUMBERS, GMINAS, UNITS, INSTITUTIONS = (st.integers(0, most) for most in (5, 1, 2, 2))
PEOPLE = st.integers(0, 1)
FUNCTIONS = st.sampled_from(["pedagog", "psycholog"])
STANDING = ("NAMED", "SEATED")
A_DAY = timedelta(hours=24)
# A story in which these don't come about proves little; a short one has no room for the last two.
REASONS = "RECALLED", "RELEASED", "PARTY_LEFT", "GROUP_CLOSED", "COUNTY_CLOSED", "GMINA_CLOSED"
REACHED = {
    *("ASKED", "NAMED", "SEATED", *(f"ENDED {why}" for why in REASONS)),
    *("reads", "is shut out", "reads until it is known", "sits already"),
    *(("WITHDRAWN", "ENDED AGREEMENT_ENDED") if IS_SOAK else ()),
}


class Story(World, RuleBasedStateMachine):
    """Everything that people do in three units, and letters that come in any order, late and twice."""

    @initialize()
    def begin(self) -> None:
        self.undo_later()

    # --- In the gminas ----------------------------------------------------------------------------

    @rule(gmina=GMINAS)
    def close_the_group(self, gmina: int) -> None:
        if self.is_open(gmina):
            self.close_groups(gmina)

    @rule(gmina=GMINAS, of=INSTITUTIONS, function=FUNCTIONS)
    def ask(self, gmina: int, of: int, function: str) -> None:
        if not self.is_open(gmina):
            return
        with inside(self.units.all[gmina]), suppress(ValidationError):  # it is asked already
            group = Group.objects.filter(ended_on=None).first()
            name = self.units.institutions[of].name
            parties = county_of(group).bound() if group else []
            for party in (one for one in parties if group and one.name == name):
                asking.ask(
                    by=make.by(self.units.leads[gmina]),
                    group_id=group.pk,
                    key=uuid7(),
                    party_id=party.party_id,
                    function=function,
                    from_on=self.today,
                    answer_by=self.today + timedelta(days=2),
                )

    @rule(number=NUMBERS)
    def withdraw(self, number: int) -> None:
        if found := self.here(number, "ASKED"):
            gmina, row = found
            with inside(self.units.all[gmina]):
                by = make.by(self.units.leads[gmina])
                asking.withdraw(by=by, delegation_id=row.pk, version=row.version)

    @rule(number=NUMBERS, is_glad=st.booleans())
    def accept_or_decline(self, number: int, is_glad: bool) -> None:
        if found := self.here(number, "NAMED"):
            gmina, row = found
            step = seating.accept if is_glad else seating.decline
            with inside(self.units.all[gmina]):
                try:
                    step(by=make.by(row.person), delegation_id=row.pk)
                except Problem:
                    self.reached["sits already"] += 1

    @rule(number=NUMBERS)
    def release(self, number: int) -> None:
        if found := self.here(number, *STANDING):
            gmina, row = found
            with inside(self.units.all[gmina]):
                by = make.by(self.units.leads[gmina])
                ending.release(by=by, delegation_id=row.pk, version=row.version)
                self.note("RELEASED", row.pk)

    # --- In the county ----------------------------------------------------------------------------

    @rule(number=NUMBERS, who=PEOPLE, how=st.sampled_from(["NAMED", "FOR_A_DAY", "REFUSED"]))
    def answer(self, number: int, who: int, how: str) -> None:
        """Two institutions may name the same person."""
        found = self.there(number, "ASKED")
        if not found:
            return
        asked, head = found
        by, until = make.by(head), self.today if how == "FOR_A_DAY" else None
        person = {"full_name": f"Delegat {who}", "email": f"delegat{who}@pokaz.example"}
        with inside(self.units.all[COUNTY]):
            if how == "REFUSED":
                county.refused(asked, by)
            else:
                county.named(asked, by, **person, named_until=until)
        if until:
            self.note("TERM", asked.request_id)

    @rule(number=NUMBERS)
    def recall(self, number: int) -> None:
        if found := self.there(number, *STANDING):
            asked, head = found
            with inside(self.units.all[COUNTY]):
                said = {"version": asked.version, "ended_on": self.today}
                answering.recall(by=make.by(head), asked_id=asked.pk, **said)
                self.note("RECALLED", asked.request_id)

    @rule(number=NUMBERS, is_heard=st.booleans())
    def leave_the_agreement(self, number: int, is_heard: bool) -> None:
        """An institution that was asked, or whose person is a delegate."""
        if found := self.there(number, "ASKED", *STANDING):
            with inside(self.units.all[COUNTY]):
                life.leave(found[0].party)
                self.note_ends()
        if is_heard:
            self.deliver_all()

    @precondition(lambda self: self.is_open(COUNTY))
    @rule()
    def end_the_agreement_or_begin_another(self) -> None:
        with inside(self.units.all[COUNTY]):
            if agreement := Agreement.objects.filter(state="IN_FORCE").first():
                life.end(agreement)
            else:
                self.begin_agreement()
            self.note_ends()

    # --- Days, letters and the region --------------------------------------------------------------

    @rule(is_silent=st.booleans())
    def a_day_passes(self, is_silent: bool) -> None:
        self.pass_day(is_silent=is_silent)

    @rule(unit=UNITS, to=st.sampled_from(["SUSPENDED", "CLOSED"]), days=st.integers(0, 2))
    def stop_or_reopen(self, unit: int, to: str, days: int) -> None:
        """For some days, or until it is opened again."""
        self.change(unit, to if self.is_open(unit) else "ACTIVE")
        for _ in range(days):
            self.deliver_all()
            self.pass_day()
            if self.statuses[COUNTY] == "CLOSED":
                assert not any(self.sitting_in(gmina) for gmina in filter(self.is_open, (0, 1)))

    @rule(number=NUMBERS, is_more=st.booleans())
    def deliver(self, number: int, is_more: bool) -> None:
        """Any of the letters, however late, and those after it or not."""
        waiting = self.carried()
        first = number % len(waiting) if waiting else 0
        for pk in waiting[first:] if is_more else waiting[first : first + 1]:
            self.deliver_letter(pk)

    @precondition(lambda self: self.read)
    @rule(number=st.integers(0, 30))
    def deliver_again(self, number: int) -> None:
        before = self.everything()
        self.hand_over(self.read[number % len(self.read)])
        assert self.everything() == before

    @rule(number=NUMBERS)
    def speak_of_a_request_of_another(self, number: int) -> None:
        """The other gmina writes of a request that it never made, to both who know of that."""
        for found in (self.here(number, "ASKED"), self.here(number, *STANDING)):
            if found:
                self.speak_of_anothers(*found)

    def speak_of_anothers(self, gmina: int, row: DelegationRequest) -> None:
        about: dict[str, Any] = {"request_id": str(row.pk), "on": str(self.today)}
        over = {**about, "state": "ENDED", "why": "RELEASED"}
        end = {**about, "ended_on": str(self.today), "why": "PARTY_LEFT"}
        answer = {**about, "answer": "REFUSED", "reason": "Nie mamy kogo wysłać"}
        mine, other, powiat = self.units.all[gmina], self.units.all[1 - gmina], self.units.all[-1]
        # Long ago, so that nobody waits for the request.
        letter = LetterRef(uuid7(), "", other, powiat, about, timezone.now() - 2 * A_DAY)
        before = self.everything()
        self.hand_over(replace(letter, kind=delegations.WITHDRAWN))
        self.hand_over(replace(letter, kind=delegations.STATE, payload=over))
        self.hand_over(replace(letter, kind=delegations.ENDED, addressee=mine, payload=end))
        self.hand_over(replace(letter, kind=delegations.ANSWERED, addressee=mine, payload=answer))
        assert self.everything() == before

    @rule(gmina=GMINAS, of=INSTITUTIONS, who=PEOPLE, steps=st.sampled_from([1, 2, 3, 3]))
    def delegate(self, gmina: int, of: int, who: int, steps: int) -> None:
        """So many steps of the way of a delegate, as far as it can be gone now."""
        if self.is_open(gmina):
            self.deliver_all()
            self.found_group(gmina)
        way = (
            partial(self.ask, gmina, of, "pedagog"),
            partial(self.answer, -1, who, "NAMED"),
            partial(self.accept_or_decline, -1, is_glad=True),
        )
        for step in way[:steps]:
            step()
            self.deliver_all()

    # --- What must hold ---------------------------------------------------------------------------

    @invariant()
    def seats_and_roles_are_of_delegations_and_a_person_has_one_seat(self) -> None:
        for one in self.units.all[:COUNTY]:
            with inside(one):
                rows = DelegationRequest.objects.filter(state__in=STANDING)
                held = RoleAssignment.objects.on(self.today).filter(role=Role.DELEGATE)
                of = ("person", "organisation")
                assert set(held.values_list(*of)) == set(rows.values_list(*of))
                seats = Seat.objects.on(self.today).filter(rests_on_kind="delegation")
                assert {seat.rests_on for seat in seats} == {row.pk for row in self.sitting()}
                taken = Counter(seats.values_list("team", "person"))
                assert set(taken.values()) <= {1}

    def sitting_in(self, gmina: int) -> list[DelegationRequest]:
        with inside(self.units.all[gmina]):
            return self.sitting()

    def sitting(self) -> list[DelegationRequest]:
        """Delegations of the gmina one is in that were accepted and last today."""
        lasts = Q(until=None) | Q(until__gte=self.today)
        rows = DelegationRequest.objects.filter(lasts, state="SEATED").select_related("group")
        return list(rows.order_by("pk"))

    @invariant()
    def a_delegate_reads_while_the_county_confirms_the_agreement_and_the_part_in_it(self) -> None:
        for one in self.units.all[:COUNTY]:
            with inside(one):
                for row in self.sitting():
                    reads = self.reads(row)
                    assert reads == self.is_confirmed(row, one.code)
                    self.reached["reads" if reads else "is shut out"] += 1
                    # The county's word may be late, but not for longer than a day.
                    if reads and (since := self.over_since(row)):
                        assert since > max(self.word_at, timezone.now() - A_DAY)
                        self.reached["reads until it is known"] += 1
                away = DelegationRequest.objects.exclude(person=None).exclude(state="SEATED")
                sitting = {row.person_id for row in self.sitting()}
                rows = away.exclude(person__in=sitting).select_related("group").order_by("pk")
                assert not any(self.reads(row) for row in rows)

    def reads(self, row: DelegationRequest) -> bool:
        """Whoever was named reads what the group does."""
        team = Team.objects.get(rests_on=row.group_id)
        return teams.read(Person.objects.get(pk=row.person_id), team)

    def is_confirmed(self, row: DelegationRequest, code: str) -> bool:
        """What lies on the shared plane, asked by its columns."""
        lasts = Q(ended_on=None) | Q(ended_on__gt=self.today)
        agreement_lasts = Q(agreement__ended_on=None) | Q(agreement__ended_on__gt=self.today)
        return PublishedParty.objects.filter(
            lasts,
            agreement_lasts,
            party_id=row.party_id,
            agreement__agreement_id=row.group.agreement_id,
            agreement__units__contains=[code],
            agreement__confirmed_at__gt=timezone.now() - A_DAY,
        ).exists()

    def over_since(self, row: DelegationRequest) -> Any:
        """The moment at which the agreement or the part in it ended in the county."""
        keys = ("AGREEMENT_ENDED", row.group.agreement_id), ("PARTY_LEFT", row.party_id)
        return min((self.ended[key] for key in keys if key in self.ended), default=None)

    @invariant()
    def in_the_county_a_delegation_ends_with_the_part_at_once(self) -> None:
        with inside(self.units.all[COUNTY]):
            rows = AskedDelegation.objects.filter(state__in=["ASKED", *STANDING])
            for party, agreement in rows.values_list("party", "party__agreement"):
                assert ("PARTY_LEFT", party) not in self.ended
                assert ("AGREEMENT_ENDED", agreement) not in self.ended

    @invariant()
    def nothing_ends_without_its_reason(self) -> None:
        for unit, one in enumerate(self.units.all[:COUNTY]):
            with inside(one):
                rows = list(DelegationRequest.objects.select_related("group"))
            self.reached.update({f"{row.state} {row.end_reason}".strip() for row in rows})
            for row in rows:
                group = row.group
                whom = row.pk, row.party_id, group.pk, group.agreement_id, unit, COUNTY
                is_over = row.state == "ENDED" or row.end_reason
                assert not is_over or any((row.end_reason, key) in self.ended for key in whom)

    @rule()
    def all_letters_are_read(self) -> None:
        """Once all units work and nothing waits, both sides know the same."""
        for unit in range(3):
            if not self.is_open(unit):
                self.change(unit, "ACTIVE")
        for _ in range(2):  # a letter that speaks of nothing waits a day
            self.deliver_all()
            self.pass_day()
        self.deliver_all()
        assert self.carried() == []
        with inside(self.units.all[COUNTY]):
            known = list(AskedDelegation.objects.all())
        for one in self.units.all[:COUNTY]:
            with inside(one):
                self.compare({of.request_id: of.state for of in known if of.source_id == one.id})

    def compare(self, there: dict[UUID, str]) -> None:
        rows = {row.pk: row for row in DelegationRequest.objects.all()}
        assert there.keys() <= rows.keys()
        standing = {pk: row.state for pk, row in rows.items() if row.state in STANDING}
        assert standing == {pk: state for pk, state in there.items() if state in STANDING}
        for row in self.sitting():
            assert self.over_since(row) is None
            assert self.reads(row)


@pytest.fixture
def beginning(gmina: TenantRef, city: TenantRef, powiat: TenantRef) -> None:
    """A group in each gmina, with a delegate in it."""
    with time_machine.travel(START):
        Story.units = units_with_an_agreement(gmina, city, powiat)
    Story.reached = Counter()
    story = Story()
    with inside(powiat):
        story.begin_agreement()
    story.deliver_all()
    for unit in range(COUNTY):
        story.delegate(gmina=unit, of=unit, who=unit, steps=3)
    story.teardown()


@pytest.mark.soak
@pytest.mark.usefixtures("beginning")
def test_a_delegates_rights_last_as_long_as_the_agreement_and_the_part_in_it() -> None:
    run_state_machine_as_test(
        Story if IS_SOAK else seed(3)(Story),
        settings=settings(
            database=None,
            phases=[Phase.generate],  # making a failure shorter takes minutes
            max_examples=cases(10),
            stateful_step_count=15,
        ),
    )
    assert set(Story.reached) >= REACHED
