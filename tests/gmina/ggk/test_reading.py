"""What the group does is open exactly while everything it rests on is in force (POR-C §3.6-3.7)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from gmina.ggk import perms, sides
from gmina.ggk.actions import seating
from gmina.ggk.models import DelegationRequest, Group, GroupCoordinator
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from kooperacja.writes import AlreadySaved
from tenants.data_protection.gate import may_see_personal_data
from tenants.data_protection.models import ConfidentialityStatement
from tenants.data_protection.rules import Part
from tenants.exchange.models import PublishedAgreement, PublishedParty
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.content import keyring_of
from tenants.teams.models import Seat, Team
from tests.budget import cases
from tests.factories import ggk as make
from tests.factories import people as make_people

Break = Callable[[DelegationRequest], object]
TODAY, LATER = timezone.localdate(), make.tomorrow(30)


def anew(person: Person | None) -> Person:
    assert person is not None
    return Person.objects.get(pk=person.pk)


def team_of(group: Group) -> Team:
    return Team.objects.get(rests_on=group.pk)


def reads(row: DelegationRequest) -> bool:
    """The delegate reads the group, as a page asks it."""
    return teams.read(anew(row.person), team_of(row.group))


def is_sent(row: DelegationRequest) -> bool:
    """The gate takes the delegation for a membership."""
    verdict = may_see_personal_data(anew(row.person), row.organisation, TODAY)
    return verdict.has(Part.MEMBER)


def _published(**changed: Any) -> Break:
    def change(row: DelegationRequest) -> None:
        rows = PublishedAgreement.objects.filter(agreement_id=row.group.agreement_id)
        rows.update(**changed)

    return change


def _party(row: DelegationRequest) -> None:
    PublishedParty.objects.filter(party_id=row.party_id).update(ended_on=TODAY)


def _seat_over(row: DelegationRequest) -> None:
    DelegationRequest.objects.filter(pk=row.pk).update(until=TODAY - timedelta(days=1))


def _later(row: DelegationRequest) -> None:
    DelegationRequest.objects.filter(pk=row.pk).update(serves_from=LATER)


def _ended(row: DelegationRequest) -> None:
    DelegationRequest.objects.filter(pk=row.pk).update(
        state="ENDED", ends_on=TODAY, end_reason="RECALLED"
    )


def _group(row: DelegationRequest) -> None:
    Group.objects.filter(pk=row.group_id).update(ended_on=TODAY)
    follow(Group)


def _role(row: DelegationRequest) -> None:
    RoleAssignment.objects.filter(person=row.person).update(ended_on=TODAY)


def _statement(row: DelegationRequest) -> None:
    ConfidentialityStatement.objects.filter(person=row.person).update(ended_on=TODAY)


# What goes, and whether it takes the delegation too, for the gate.
BREAKS: dict[str, tuple[Break, bool]] = {
    "stale": (_published(confirmed_at=timezone.now() - timedelta(hours=25)), True),
    "agreement over": (_published(ended_on=TODAY), True),
    "unit left out": (_published(units=["999999"]), True),
    "party left": (_party, True),
    "term over": (_seat_over, True),
    "begins later": (_later, True),
    "ended": (_ended, True),
    "group closed": (_group, False),
    "role ended": (_role, False),
    "no statement": (_statement, False),
}


@pytest.fixture
def row(gmina: TenantRef, powiat: TenantRef) -> DelegationRequest:
    with inside(gmina):
        return make.seated(make.group(county=powiat))


@pytest.mark.parametrize("name", BREAKS)
def test_whatever_goes_closes_what_the_group_does_at_once(
    gmina: TenantRef, row: DelegationRequest, name: str
) -> None:
    breaks, takes_delegation = BREAKS[name]
    with inside(gmina):
        assert reads(row)
        assert is_sent(row)
        breaks(row)
        assert not reads(row)
        assert is_sent(row) != takes_delegation


def test_a_fresh_confirmation_opens_it_again(gmina: TenantRef, row: DelegationRequest) -> None:
    with inside(gmina):
        agreement = PublishedAgreement.objects.get(agreement_id=row.group.agreement_id)
        make.aged(agreement.agreement_id, 24)
        assert not reads(row)
        party = make.party(party_id=row.party_id)
        make.published(agreement.tenant_id, party, agreement_id=agreement.agreement_id)
        assert reads(row)


def test_one_who_has_not_accepted_reads_nothing(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(gmina):
        row = make.named(make.group(county=powiat))
        follow(DelegationRequest)
        assert not reads(row)
        assert not is_sent(row)


def test_the_gate_lets_through_whom_an_institution_sent_and_nobody_else_of_it(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        assert is_sent(row)
        other = make_people.person(Role.DELEGATE, organisation=row.organisation)
        verdict = may_see_personal_data(other, row.organisation, TODAY)
        assert not verdict.has(Part.MEMBER)
        assert "nie deleguje" in verdict.lacks[0].text


def test_the_county_is_asked_once_for_a_group_however_many_sit_in_it(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        others = [make.seated(row.group, function=f"psycholog {number}") for number in range(3)]
        people = {one.person_id for one in (row, *others) if one.person_id}
        with CaptureQueriesContext(connections["shared"]) as asked:
            assert set(sides.spells(people, TODAY)) == people
        assert of_agreements(asked) == 1
        also = {"state": "SEATED", "accepted_on": TODAY, "function": "kurator sądowy"}
        make.named(row.group, row.person, **also)
        _party(row)
        with CaptureQueriesContext(connections["shared"]) as asked:
            assert not reads(row)
        assert of_agreements(asked) == 1


def of_agreements(asked: CaptureQueriesContext) -> int:
    """How often the agreements of counties were asked for."""
    return sum('FROM "exchange_publishedagreement"' in one["sql"] for one in asked)


def test_members_and_the_office_read_nothing_of_it_but_the_coordinator_does(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        make.aged(row.group.agreement_id, 48)  # the coordinator needs no word of the county
        coordinator = make.coordinator(row.group)
        others = [make_people.person(role) for role in (Role.LEAD, Role.SOCIAL_WORKER, Role.DPO)]
        member = make_people.person(Role.PARTNER_HEAD, organisation=row.organisation)
        team = team_of(row.group)
        assert teams.read(anew(coordinator), team)
        assert teams.run(anew(coordinator), team)
        assert teams.lead(anew(coordinator), team)
        assert not any(teams.read(anew(one), team) for one in (*others, member))
        RoleAssignment.objects.filter(person=coordinator).update(ended_on=TODAY)
        assert not teams.read(anew(coordinator), team)


def test_a_coordinator_reads_and_leads_nothing_before_the_statement_on_secrecy(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        coordinator = make.coordinator(row.group, has_promised=False)
        team = team_of(row.group)
        for may in (teams.read, teams.run, teams.lead):
            assert not may(anew(coordinator), team)
        assert perms.ask(anew(coordinator), row.group)
        seating.promise(by=make.by(coordinator), group_id=row.group_id)
        for may in (teams.read, teams.run, teams.lead):
            assert may(anew(coordinator), team)
        with pytest.raises(AlreadySaved):
            seating.promise(by=make.by(coordinator), group_id=row.group_id)
        assert Entry.objects.filter(verb="GGK_SECRECY_STATED").count() == 1
        made = ConfidentialityStatement.objects.get(person=coordinator)
        assert (made.organisation, made.file) == (None, None)


def test_nobody_but_the_coordinator_gives_that_statement(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        before = ConfidentialityStatement.objects.count()
        for person in (make_people.lead(), row.person):
            with pytest.raises(Refused):
                seating.promise(by=make.by(person), group_id=row.group_id)
        assert ConfidentialityStatement.objects.count() == before


def test_another_coordinator_takes_the_reading_with_the_seat(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        first = make.coordinator(row.group)
        GroupCoordinator.objects.filter(person=first).update(ended_on=TODAY)
        second = make.coordinator(row.group)
        team = team_of(row.group)
        assert not teams.read(anew(first), team)
        assert teams.read(anew(second), team)
        seats = Seat.objects.on(TODAY).filter(team=team, organisation=None)
        assert [seat.person for seat in seats] == [second]


def test_a_delegate_of_a_party_reads_no_other_team_of_it(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        since = make_people.ESTABLISHED
        county = Team.objects.create(
            kind="COUNTY", rests_on_kind="test", rests_on=row.pk, from_on=since
        )
        Seat.objects.create(
            team=county,
            organisation=row.organisation,
            rests_on_kind="test",
            rests_on=row.pk,
            from_on=since,
        )
        person = anew(row.person)
        assert not teams.read(person, county)
        assert not teams.known_to(person).exists()
        assert teams.readable(person) == [team_of(row.group)]


def test_what_the_group_writes_lies_under_a_key_of_the_tenant(
    gmina: TenantRef, row: DelegationRequest
) -> None:
    with inside(gmina):
        assert keyring_of(team_of(row.group)).keys


@settings(max_examples=cases(25))
@given(broken=st.sets(st.sampled_from(sorted(BREAKS)), max_size=3))
def test_reading_and_the_gate_are_open_exactly_while_nothing_is_broken(
    gmina: TenantRef, powiat: TenantRef, broken: set[str]
) -> None:
    with inside(gmina), transaction.atomic(), transaction.atomic(using="shared"):
        row = make.seated(make.group(county=powiat))
        for name in sorted(broken):
            BREAKS[name][0](row)
        assert reads(row) == (not broken)
        assert is_sent(row) == (not any(BREAKS[name][1] for name in broken))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="shared")
