"""The team of an agreement is as the agreement is: who signed, and whom they send (POR §2, C §2.1)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.workflow import PartyState
from tenants.meetings import places
from tenants.meetings.actions import past, planning
from tenants.meetings.models.invitations import SeatInvitation
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Post, RoleAssignment
from tenants.people.perms import is_member
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tests.budget import cases
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

START = make_people.ESTABLISHED
DAYS = [START + timedelta(days=n) for n in range(8)]
STAYS = st.tuples(st.integers(0, 7), st.integers(0, 7)).map(
    lambda pair: (DAYS[min(pair)], DAYS[max(pair)] if pair[0] < pair[1] else None)
)
PARTIES = st.lists(
    st.tuples(st.sampled_from([None, 0, 3, 6]), st.lists(STAYS, max_size=2)),
    min_size=2,
    max_size=4,
)
Place = tuple[Any, Any]


def taken(team: Team, day: date) -> set[Place]:
    seats = Seat.objects.taken(day).filter(team=team)
    return {(seat.organisation_id, seat.person_id) for seat in seats}


def expected(agreement: Agreement, signed: dict[Party, date], day: date) -> set[Place]:
    """Whoever sits in the team on a day, straight from the agreement's own tables."""
    assert agreement.in_force_from is not None
    places: set[Place] = set()
    for party, since in signed.items():
        if day < max(since, agreement.in_force_from):
            continue
        of = party.organisation_id
        sent: Any = Post.objects.on(day).filter(organisation=of, is_head=True)
        if agreement.variant != "C":
            sent = ContactPerson.objects.on(day).filter(party=party).exclude(person=None)
        places |= {(of, row.person_id) for row in sent} or {(of, None)}
    return places


def people_of(party: Party, days: list[tuple[date, date | None]]) -> None:
    """Its heads, and the people that it names, on these days."""
    for from_on, ended_on in days:
        one = make_people.person()
        held = {"person": one, "from_on": from_on, "ended_on": ended_on}
        Post.objects.create(
            organisation=party.organisation, function="dyrektor", is_head=True, **held
        )
        ContactPerson.objects.create(party=party, full_name="Jan Przykładowy", function="x", **held)


@settings(max_examples=cases(20), deadline=None)
@given(variant=st.sampled_from("ABC"), begins=st.integers(0, 7), parties=PARTIES)
def test_seats_of_any_day_are_those_of_the_parties_that_signed(
    partnership: TenantRef, variant: str, begins: int, parties: Any
) -> None:
    with inside(partnership), transaction.atomic():
        agreement = make.draft(variant)
        signed = {}
        for signs, people in parties:
            party = make.party(agreement, make_people.organisation())
            people_of(party, people)
            if signs is not None:
                signed[party] = DAYS[signs]
        agreement = make_force.in_force(agreement, signed, DAYS[begins])
        team = Team.objects.get(rests_on=agreement.pk)
        for day in DAYS:
            held = expected(agreement, signed, day)
            assert taken(team, day) == (held if day >= DAYS[begins] else set())
        before = list(Seat.objects.order_by("pk").values())
        follow()
        assert list(Seat.objects.order_by("pk").values()) == before
        transaction.set_rollback(True)


@pytest.mark.usefixtures("in_partnership")
def test_a_new_head_takes_the_seat_the_day_the_post_begins() -> None:
    of = make_people.organisation()
    agreement = make.draft("C")
    first, second = make.party(agreement, of), make.party(agreement, make_people.organisation())
    make_force.in_force(agreement, {first: START, second: START}, START)
    team = Team.objects.get(rests_on=agreement.pk)
    assert (of.pk, None) in taken(team, DAYS[1])
    head = make_people.head(of, DAYS[2])
    follow(Post)
    assert taken(team, DAYS[1]) >= {(of.pk, None)}
    assert taken(team, DAYS[2]) >= {(of.pk, head.pk)}


@pytest.mark.usefixtures("in_partnership")
def test_who_did_not_sign_or_is_not_in_the_register_has_no_seat() -> None:
    agreement = make.draft("C")
    signs, waits = (make.party(agreement, make_people.organisation()) for _ in range(2))
    typed = make.party(agreement, name="Fundacja Spoza Rejestru")
    make_force.in_force(agreement, {signs: START, typed: START}, START)
    assert Party.objects.get(pk=waits.pk).state == PartyState.WAITING
    team = Team.objects.get(rests_on=agreement.pk)
    assert taken(team, DAYS[1]) == {(signs.organisation_id, None)}


@pytest.mark.usefixtures("in_partnership")
def test_the_office_sits_there_as_a_party_and_leads_in_any_case() -> None:
    lead = make_people.person(Role.LEAD)
    agreement = make.draft("A")
    office = make.party(agreement, is_office=True, name="Ośrodek Przykładowy")
    other = make.party(agreement, make_people.organisation())
    make_force.in_force(agreement, {office: START, other: START}, START)
    team = Team.objects.get(rests_on=agreement.pk)
    assert (None, lead.pk) in taken(team, make_people.ESTABLISHED + timedelta(days=1))
    assert teams.lead(lead, team)
    assert teams.run(lead, team)


@pytest.mark.usefixtures("in_partnership")
@pytest.mark.parametrize("variant", "ABC")
def test_of_the_office_the_people_named_sit_beside_whoever_leads(variant: str) -> None:
    lead, officer = make_people.person(Role.LEAD), make_people.person(Role.NETWORK_OFFICER)
    clerk = make_people.person()
    agreement = make.draft(variant)
    office = make.party(agreement, is_office=True, name="Ośrodek Przykładowy")
    for person in (clerk, lead):
        ContactPerson.objects.create(
            party=office, person=person, full_name="Anna", function="x", from_on=START
        )
    make_force.between(agreement, [office, make.party(agreement)], START)
    team = Team.objects.get(rests_on=agreement.pk)
    sits = {clerk.pk, lead.pk} if variant != "C" else {lead.pk, officer.pk}
    day = make_people.ESTABLISHED + timedelta(days=1)
    assert {person for _, person in taken(team, day)} == sits
    assert Seat.objects.on(day).filter(team=team, person=lead).count() == 1
    assert teams.run(officer, team)


@pytest.mark.usefixtures("in_partnership")
def test_its_terms_are_the_rhythm_and_the_place_of_the_text() -> None:
    agreement = make.draft("C", meetings_count=1, meetings_period="QUARTER", meeting_place="ratusz")
    parties = [make.party(agreement, make_people.organisation()) for _ in range(2)]
    make_force.between(agreement, parties, START)
    team = Team.objects.get(rests_on=agreement.pk)
    terms = team.terms_on(DAYS[1])
    assert terms is not None
    assert (terms.rhythm, terms.where) == ("co najmniej raz na kwartał", "ratusz")
    assert str(team) == "Powiatowy Zespół Kooperacji"
    assert team.terms_on(START - timedelta(days=1)) is None


@pytest.mark.usefixtures("in_partnership")
def test_where_b_rotates_each_partner_that_signed_hosts_in_its_turn() -> None:
    plain = {"meetings_count": 1, "meetings_period": "MONTH", "meeting_place": ""}
    agreement = make.draft("B", place_policy="ROTATING", **plain)
    office = make.party(agreement, is_office=True, name="Ośrodek Przykładowy")
    school, club, never = (
        make.party(agreement, make_people.organisation(name=name, street="Polna 1"))
        for name in ("Szkoła", "Klub", "Apteka")
    )
    make_force.in_force(agreement, dict.fromkeys((office, school, club), START), START)
    assert never.signatures.count() == 0
    team, today = Team.objects.get(rests_on=agreement.pk), timezone.localdate()
    terms = team.terms_on(today)
    assert terms is not None
    assert (terms.rhythm, terms.where) == (
        "co najmniej raz w miesiącu",
        "kolejno w siedzibie każdego z Partnerów",
    )

    def turns() -> list[Any]:
        return [one.id for one in places.hosts(team, terms, today)]

    assert turns() == [club.organisation_id, None, school.organisation_id]
    assert places.hosts(team, terms, today)[0].place == "Klub, Polna 1, Gogolin"
    for number, host in enumerate((club.organisation_id, None)):
        day = DAYS[number + 1]
        values = make_meetings.values(day, host_id=host)
        past.enter_meeting(
            by=make.by(), team_id=team.pk, key=uuid7(), values=values, reason="Odbyło się."
        )
    assert turns() == [school.organisation_id, club.organisation_id, None]


def test_it_convenes_where_no_regulation_was_ever_adopted(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        agreement = make.draft("A", meeting_place="ratusz")
        of = make_people.organisation()
        named = make_people.person(Role.PARTY, organisation=of)
        party, other = make.party(agreement, of), make.party(agreement, name="Fundacja")
        make.contact(party, person=named, from_on=START)
        make_force.between(agreement, [party, other], START)
        assert not RegulationVersion.objects.exclude(number=None).exists()
        team = Team.objects.get()  # there is no PZK
        terms = team.terms_on(timezone.localdate())
        assert terms is not None
        assert terms.where == "ratusz"
        meeting = planning.plan_meeting(
            by=make.by(), team_id=team.pk, key=uuid7(), values=make_meetings.values()
        )
        make_meetings.item(meeting)
        planning.convene(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
        meeting.refresh_from_db()
        assert meeting.state == "CONVENED"
        invited = SeatInvitation.objects.filter(meeting=meeting).values_list("seat__person")
        assert (named.pk,) in invited


@pytest.mark.usefixtures("in_partnership")
@pytest.mark.parametrize("variant", "AB")
def test_in_force_it_makes_no_party_a_kooperant(variant: str) -> None:
    of = make_people.organisation()
    named = make_people.person(Role.PARTY, organisation=of)
    agreement = make.draft(variant)
    party, other = make.party(agreement, of), make.party(agreement, make_people.organisation())
    make.contact(party, person=named, from_on=START)
    make_meetings.pzk()
    roles = list(RoleAssignment.objects.order_by("pk").values())
    make_force.between(agreement, [party, other], START)
    assert (of.pk, named.pk) in taken(Team.objects.get(rests_on=agreement.pk), DAYS[1])
    assert not Membership.objects.exists()
    assert list(RoleAssignment.objects.order_by("pk").values()) == roles
    assert not is_member(named)
    pzk = make_meetings.pzk()
    assert not teams.read(named, pzk)
    assert of.pk not in {organisation for organisation, _ in taken(pzk, DAYS[1])}


@pytest.mark.usefixtures("in_partnership")
def test_of_several_teams_of_a_kind_each_says_of_which_agreement_it_is() -> None:
    def founded(variant: str, number: str) -> Team:
        agreement = make.draft(variant)
        Agreement.objects.filter(pk=agreement.pk).update(number=number)
        agreement.refresh_from_db()
        parties = [make.party(agreement, make_people.organisation()) for _ in range(2)]
        make_force.between(agreement, parties, START)
        return Team.objects.get(rests_on=agreement.pk)

    first, other = founded("C", "POR/1/2026"), founded("A", "POR/2/2026")
    assert (str(first), str(other)) == ("Powiatowy Zespół Kooperacji", "Partnerstwo")
    second = founded("C", "POR/3/2026")
    first.refresh_from_db()
    assert str(first) == "Powiatowy Zespół Kooperacji (POR/1/2026)"
    assert str(second) == "Powiatowy Zespół Kooperacji (POR/3/2026)"
