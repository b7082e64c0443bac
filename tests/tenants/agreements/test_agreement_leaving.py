"""A party leaves an agreement in force: its part ends on a day, and what rests on it (POR)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.agreements import perms
from tenants.agreements.actions import ending
from tenants.agreements.models import Agreement, ContactPerson, Departure, Party
from tenants.agreements.standing import parties_in_force
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

TODAY, day = life.TODAY, life.day
AT = "/gmina/gogolin/porozumienia"


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """C, in force between three."""
    return life.bound()


def bound(agreement: Agreement, on: date | None = None) -> list[str]:
    agreement = Agreement.objects.get(pk=agreement.pk)
    return [one.name for one in parties_in_force(agreement, on or TODAY())]


def sits(party: Party, on: date) -> bool:
    seats = Seat.objects.on(on).filter(team__rests_on=party.agreement_id)
    return seats.filter(organisation=party.organisation_id).exists()


def told(code: str) -> set[str]:
    rows = Outgoing.objects.filter(payload__code=code)
    return {one.payload.get("email") or one.payload.get("account_id", "") for one in rows}


def reads(person: Person, agreement: Agreement) -> bool:
    return perms.see_agreement(Person.objects.get(pk=person.pk), agreement)


def test_whoever_leaves_today_has_no_seat_no_person_and_no_access_any_more(
    agreement: Agreement,
) -> None:
    party, *others = agreement.parties.all()
    ContactPerson.objects.create(party=party, full_name="Jan Przykładowy", from_on=day(-5))
    person = make_people.person(
        Role.PARTY, organisation=party.organisation, email="wanda@example.pl"
    )
    assert reads(person, agreement)
    life.leave(party)
    assert bound(agreement) == [one.name for one in others]
    assert bound(agreement, day(-1)) == [party.name, *(one.name for one in others)]
    assert not sits(party, TODAY())
    assert sits(party, day(-1))
    assert sits(others[0], TODAY())
    assert ContactPerson.objects.get().ended_on == TODAY()
    assert RoleAssignment.objects.get(person=person).ended_on == TODAY()
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1
    assert not reads(person, agreement)


def test_a_leave_to_come_ends_everything_on_its_day_and_nothing_before(
    agreement: Agreement,
) -> None:
    party = agreement.parties.all()[0]
    role = make_people.person(Role.PARTY, organisation=party.organisation).role_assignments.get()
    life.leave(party, 5)
    assert (party.name in bound(agreement, day(4)), party.name in bound(agreement, day(5))) == (
        True,
        False,
    )
    assert (sits(party, day(4)), sits(party, day(5))) == (True, False)
    ending.settle_at(by=SYSTEM, agreement_id=agreement.pk)
    role.refresh_from_db()
    assert role.ended_on is None
    assert ending.to_settle(day(4)) == []
    assert ending.to_settle(day(5)) == [agreement.pk]


def test_a_leave_is_taken_back_before_its_day_and_not_on_it(agreement: Agreement) -> None:
    first, second, _ = agreement.parties.all()
    departure = life.leave(first, 5)
    life.stay(departure)
    assert len(bound(agreement, day(9))) == 3
    assert sits(first, day(9))
    assert Departure.objects.get().withdrawn_on == TODAY()
    gone = life.leave(second)
    with pytest.raises(Problem, match="nie można już wycofać"):
        life.stay(gone)
    assert len(bound(agreement)) == 2
    life.leave(first, 3)
    assert Departure.objects.valid().count() == 2


def test_when_the_last_but_one_leaves_the_agreement_ends_with_it(agreement: Agreement) -> None:
    first, second, third = agreement.parties.all()
    person = make_people.person(Role.PARTY, organisation=third.organisation)
    life.leave(first)
    life.leave(second, 4)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_on) == ("IN_FORCE", day(4))
    life.leave(third, 2)
    agreement.refresh_from_db()
    assert agreement.ended_on == day(2)
    life.stay(Departure.objects.get(party=third))
    life.stay(Departure.objects.get(party=second))
    agreement.refresh_from_db()
    assert agreement.ended_on is None
    life.leave(second)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_on) == ("ENDED", TODAY())
    assert bound(agreement) == []
    assert not Seat.objects.on(TODAY()).filter(team__rests_on=agreement.pk).exists()
    assert person.role_assignments.get().ended_on == TODAY()
    assert Entry.objects.get(verb="AGREEMENT_CEASED").why == ending.FEWER


@pytest.mark.parametrize(("on", "words"), [(-10, "dopiero"), (9, "i tak przestaje")])
def test_a_day_on_which_it_is_no_party_changes_nothing(
    agreement: Agreement, on: int, words: str
) -> None:
    life.end(agreement, 8)
    with pytest.raises(ValidationError, match=words):
        life.leave(agreement.parties.all()[0], on)
    assert len(bound(agreement)) == 3
    assert not Departure.objects.exists()


def test_before_force_a_party_takes_its_signature_back_and_does_not_leave(
    in_partnership: TenantRef,
) -> None:
    agreement = make.before_parties(make.whole("C", 3))
    first, second, third = agreement.parties.all()
    make.entered(first)
    make.entered(second)
    with pytest.raises(Problem, match="jeszcze nie obowiązuje"):
        life.leave(first)
    make.turned_down(first)
    first.refresh_from_db()
    assert first.state == "REFUSED"
    with pytest.raises(Problem, match="wycofała podpis"):
        make.entered(first)
    make.entered(third)
    agreement.refresh_from_db()
    assert agreement.state == "SIGNING"  # it waits for all three
    verbs = Entry.objects.filter(verb__startswith="AGREEMENT_").values_list("verb", flat=True)
    assert "AGREEMENT_SIGNATURE_WITHDRAWN" in set(verbs)


def test_only_its_head_and_the_office_let_a_party_leave(agreement: Agreement) -> None:
    first, second, third = agreement.parties.all()
    stranger = make_people.person(Role.PARTY, organisation=second.organisation)
    helper = make_people.person(Role.PARTY, organisation=first.organisation)
    for one in (stranger, helper):
        with pytest.raises(Refused):
            life.leave(first, who=make.by_of(one))
    assert len(bound(agreement)) == 3
    head = make_people.head(first.organisation)
    RoleAssignment.objects.create(
        person=head, role=Role.PARTY, organisation=first.organisation, from_on=day(-9)
    )
    life.leave(first, who=make.by_of(head))
    assert bound(agreement) == [second.name, third.name]


def test_everybody_hears_of_it_whoever_leaves_too(agreement: Agreement) -> None:
    parties = list(agreement.parties.select_related("organisation"))
    for number, party in enumerate(parties):
        of: Any = party.organisation
        type(of).objects.filter(pk=of.pk).update(email=f"strona{number}@example.pl")
    life.leave(parties[0], 3)
    assert told("AGREEMENT_PARTY_LEAVES") >= {f"strona{number}@example.pl" for number in range(3)}


def sent(client: Client, at: str, **fields: Any) -> Any:
    given = {
        "key": str(life.uuid7()),
        "from_on": TODAY().isoformat(),
        "reason": "Zakończono zadanie.",
        "file": make_people.pdf(),
        **fields,
    }
    return client.post(at, given)


def test_the_page_says_what_ends_and_asks_about_an_earlier_day(
    keeper: Client, agreement: Agreement
) -> None:
    party = agreement.parties.all()[0]
    head = make_people.head(party.organisation)
    make_people.person(Role.PARTY, organisation=party.organisation, full_name="Wanda Działająca")
    life.leave(agreement.parties.all()[2])
    at = f"{AT}/strony/{party.pk}/odejscie/"
    page = text_of(keeper.get(at))
    assert head.full_name in page
    assert "Wanda Działająca" in page
    assert "przestanie obowiązywać całe porozumienie" in page
    early = {"from_on": day(-2).isoformat()}
    asked = sent(keeper, at, **early)
    assert asked.status_code == 422
    assert "Dzień już minął" in text_of(asked)
    assert len(bound(agreement)) == 2
    named = sent(keeper, at, reason="Wypowiedziała Anna Kowalska, tel. 600 700 800")
    assert "wygląda na" in text_of(named)
    assert sent(keeper, at, answered=day(-2).isoformat(), **early).status_code == 302
    shown = text_of(keeper.get(f"{AT}/{agreement.pk}/"))
    assert "Nie jest Stroną od" in shown
    assert "nie obowiązuje od" in shown
