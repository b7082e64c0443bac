"""An institution that left accedes anew, and its earlier part stays in the history (POR-C §4.3)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.agreements.models import Accession, Agreement, Departure, Party
from tenants.agreements.standing import parties_in_force
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import people as make_people
from tests.tenants.reading import text_of

TODAY, day = life.TODAY, life.day


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """C, in force between three since nine days."""
    return life.bound()


@pytest.fixture
def school(agreement: Agreement) -> Organisation:
    """An institution whose head has acted for it, and which left three days ago."""
    party = agreement.parties.all()[0]
    assert party.organisation is not None
    make_people.head(party.organisation)
    life.leave(party, -3)
    return party.organisation


def parts(of: Organisation) -> list[Party]:
    return list(Party.objects.filter(organisation=of).order_by("position"))


def bound(agreement: Agreement, on: date) -> list[Party]:
    return parties_in_force(Agreement.objects.get(pk=agreement.pk), on)


def seats(of: Organisation, on: date) -> set[str]:
    """The rows on which its seats of a day rest, by their kind."""
    return {one.rests_on_kind for one in Seat.objects.on(on).filter(organisation=of)}


def test_it_is_another_party_and_each_day_keeps_its_own(
    agreement: Agreement, school: Organisation
) -> None:
    before = Party.objects.filter(organisation=school).values().get()
    kept = list(Seat.objects.filter(organisation=school).order_by("pk").values())
    party = later.acceded(agreement, school)
    first, second = parts(school)
    assert Party.objects.filter(pk=first.pk).values().get() == before
    assert (second, second.acceded_on, second.position) == (party, TODAY(), 4)
    days = {-5: [first], -3: [], -1: [], 0: [second]}
    for number, of_school in days.items():
        there = [one for one in bound(agreement, day(number)) if one.organisation_id == school.pk]
        assert there == of_school
        assert seats(school, day(number)) == ({"party", "post"} if of_school else set())
    assert (
        list(Seat.objects.filter(pk__in=[one["id"] for one in kept]).order_by("pk").values())
        == kept
    )
    assert Departure.objects.get().party == first


def test_it_leaves_and_accedes_as_often_as_it_likes(
    agreement: Agreement, school: Organisation
) -> None:
    for _ in range(2):
        life.leave(later.acceded(agreement, school))
    later.acceded(agreement, school)
    assert [one.end_kind for one in parts(school)] == ["LEFT", "LEFT", "LEFT", ""]
    assert Departure.objects.count() == 3
    assert {"party", "post"} == seats(school, TODAY())


def test_one_accession_of_it_is_open_and_one_part_lasts(
    agreement: Agreement, school: Organisation
) -> None:
    accession = later.prepared(agreement, school)
    with pytest.raises(ValidationError, match="już przygotowano"):
        later.prepared(agreement, school)
    later.withdrawn(accession)
    assert [one.end_kind for one in parts(school)] == ["LEFT"]
    later.acceded(agreement, school)
    with pytest.raises(ValidationError, match="jest już Stroną"):
        later.prepared(agreement, school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(agreement=agreement, organisation=school, name=school.name)
    assert len(parts(school)) == 2


def test_before_its_last_day_it_is_a_party_yet(agreement: Agreement) -> None:
    party = agreement.parties.all()[0]
    life.leave(party, 1)
    with pytest.raises(ValidationError, match="jest jeszcze Stroną"):
        later.prepared(agreement, party.organisation)
    assert (Accession.objects.count(), agreement.parties.count()) == (0, 3)


def test_whose_place_another_took_does_not_come_back(agreement: Agreement) -> None:
    party = agreement.parties.all()[0]
    life.merge(party, make_people.organisation())
    with pytest.raises(ValidationError, match="miejsce zajął następca"):
        later.prepared(agreement, party.organisation)
    assert not Accession.objects.exists()


def test_all_words_lead_to_a_new_accession(agreement: Agreement, school: Organisation) -> None:
    departure = Departure.objects.get()
    for act in (lambda: later.prepared_again(departure.party), lambda: life.stay(departure)):
        with pytest.raises(Problem) as told:
            act()
        assert "przystąpić od nowa" in told.value.explanation
    assert not Accession.objects.exists()


def test_the_office_that_left_accedes_anew(in_partnership: TenantRef) -> None:
    agreement = later.in_force(4, 4, "C")
    office = agreement.parties.all()[0]
    Party.objects.filter(pk=office.pk).update(is_office=True)
    lead = make_people.person(Role.LEAD)
    life.leave(office)
    accession = later.prepared(agreement, name=office.name, is_office=True)
    later.signed(accession)
    assert list(Party.objects.filter(is_office=True).values_list("end_kind", "state")) == [
        ("LEFT", "SIGNED"),
        ("", "ACCEDED"),
    ]
    assert Seat.objects.taken(TODAY()).filter(person=lead, team__rests_on=agreement.pk).count() == 1


def test_the_page_tells_of_both_parts(
    in_partnership: TenantRef, agreement: Agreement, school: Organisation
) -> None:
    later.acceded(agreement, school)
    office, _ = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    page = text_of(office.get(f"/gmina/gogolin/porozumienia/{agreement.pk}/"))
    told = page.partition("Podpisy:")[2]
    assert f"Partner nr 1: {school.name}" in told
    assert f"Partner nr 4: {school.name}" in told
