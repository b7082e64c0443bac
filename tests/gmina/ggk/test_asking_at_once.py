"""Requests, withdrawals, answers and ends at the same moment, with real commits (POR-C §2.4.2)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from uuid6 import uuid7

from gmina.ggk.actions import answering, asking, ending, seating
from gmina.ggk.models import DelegationRequest, Group
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.exchange import delegations
from tenants.exchange.models import PublishedAgreement
from tenants.people.models import Organisation, Person
from tenants.registry import directory
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import letter
from tests.tenants.accession.test_at_once import at_once


class Here:
    """A gmina with a group, and its county's unit."""

    def __init__(self) -> None:
        gmina, powiat = directory.find("gogolin"), directory.find("krapkowicki")
        assert gmina
        assert powiat
        self.gmina, self.powiat = gmina, powiat
        with inside(gmina):
            make_partnership.found(gmina)
            party = make.party(number=make_people.regon(7))
            self.group: Group = make.group(make.published(powiat.id, party))
            self.by = make.by(make_people.lead())

    def ask(self) -> DelegationRequest:
        agreement = PublishedAgreement.objects.get(agreement_id=self.group.agreement_id)
        return asking.ask(
            by=self.by,
            group_id=self.group.pk,
            key=uuid7(),
            party_id=agreement.parties.get().party_id,
            function="psycholog",
            from_on=make.tomorrow(),
            answer_by=make.tomorrow(10),
        )

    def answer(self, row: DelegationRequest, name: str = "Olga Pokazowa") -> None:
        payload = {"request_id": str(row.pk), "answer": "NAMED", "full_name": name}
        payload["email"] = f"{name.split()[0].lower()}@pokaz.example"
        given = letter(self.powiat, self.gmina, delegations.ANSWERED, uuid7(), **payload)
        with transaction.atomic():
            answering.read_answer(given)

    def end(self, row: DelegationRequest, day: date) -> None:
        payload = {"request_id": str(row.pk), "ended_on": str(day), "why": "RECALLED"}
        ending.read_end(letter(self.powiat, self.gmina, delegations.ENDED, uuid7(), **payload))


@pytest.fixture
def here(fresh_database: str) -> Here:
    return Here()


def told(tenant: TenantRef) -> list[Any]:
    """Kinds of the letters that go to the county's unit, with the state they tell."""
    rows = Outgoing.objects.filter(kind="LETTER").order_by("id").values_list("payload", flat=True)
    return sorted((one["kind"], one["payload"].get("state", "")) for one in rows)


def test_of_two_requests_at_once_one_goes_out(here: Here) -> None:
    results = at_once(here.gmina, here.ask, here.ask)
    assert sum(isinstance(result, ValidationError) for result in results) == 1
    with inside(here.gmina):
        assert DelegationRequest.objects.count() == 1
        assert told(here.gmina) == [(delegations.ASKED, "")]


def test_of_a_withdrawal_and_an_answer_at_once_one_holds(here: Here) -> None:
    with inside(here.gmina):
        row = make.asked(here.group, "psycholog")
    results = at_once(
        here.gmina,
        lambda: asking.withdraw(by=here.by, delegation_id=row.pk, version=0),
        lambda: here.answer(row),
    )
    with inside(here.gmina):
        state = DelegationRequest.objects.get(pk=row.pk).state
        is_known = Person.objects.filter(full_name="Olga Pokazowa").exists()
        if isinstance(results[0], Problem):
            assert (state, is_known, told(here.gmina)) == ("NAMED", True, [])
        else:
            late = [(delegations.STATE, "TOO_LATE"), (delegations.WITHDRAWN, "")]
            assert (state, is_known, told(here.gmina)) == ("WITHDRAWN", False, late)


def test_two_answers_at_once_enter_their_institution_once(here: Here) -> None:
    with inside(here.gmina):
        rows = [make.asked(here.group, one) for one in ("psycholog", "pedagog")]
        before = Organisation.objects.count()
    at_once(
        here.gmina,
        lambda: here.answer(rows[0], "Olga Pokazowa"),
        lambda: here.answer(rows[1], "Oskar Pokazowy"),
    )
    with inside(here.gmina):
        assert {row.state for row in DelegationRequest.objects.all()} == {"NAMED"}
        assert Organisation.objects.count() == before + 1


def test_of_two_delegations_accepted_at_once_one_gives_a_seat(here: Here) -> None:
    with inside(here.gmina):
        first = make.named(here.group)
        second = make.named(here.group, first.person, function="psycholog")
        by = make.by(first.person)
    results = at_once(
        here.gmina,
        lambda: seating.accept(by=by, delegation_id=first.pk),
        lambda: seating.accept(by=by, delegation_id=second.pk),
    )
    assert sum(isinstance(result, Problem) for result in results) == 1
    with inside(here.gmina):
        rows = DelegationRequest.objects.all()
        assert sorted(row.state for row in rows) == ["NAMED", "SEATED"]


def test_an_end_that_comes_while_the_delegate_accepts_leaves_no_role(here: Here) -> None:
    with inside(here.gmina):
        row = make.named(here.group)
    at_once(
        here.gmina,
        lambda: seating.accept(by=make.by(row.person), delegation_id=row.pk),
        lambda: here.end(row, make.tomorrow(0)),
    )
    with inside(here.gmina):
        assert DelegationRequest.objects.get(pk=row.pk).state == "ENDED"
        assert make.roles_of(row.person) == set()
