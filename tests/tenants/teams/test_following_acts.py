"""Each act that changes who works in the partnership changes its team at once (REG §1.3, §2)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import leaving
from tenants.accession.actions.decisions import accept_declaration
from tenants.partnership.actions.seats import end_coordinator
from tenants.partnership.models import Membership
from tenants.people.actions.invitations import invite_to_role, take_role
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.accession.test_after_leaving import resigned
from tests.tenants.partnership.test_people import add
from tests.tenants.people.test_mending import merge, undo
from tests.tenants.regulation.test_regulation import adopted, whole
from tests.tenants.teams.test_following import expected, taken

NAME = "Partnerski Zespół Kooperacyjny"


@pytest.fixture
def member(in_partnership: TenantRef) -> Membership:
    return make_partnership.member(make.organisation(regon=""))


def admits(lead: Person, member: Membership) -> None:
    accept_declaration(by=make.by(lead), declaration_id=make_accession.filed(lead).pk)


def delegates(lead: Person, member: Membership) -> None:
    add(lead, member)


def recalls(lead: Person, member: Membership) -> None:
    row = member.coordinators.get()
    end_coordinator(by=make.by(lead), coordinator_id=row.pk, ended_on=timezone.localdate())


def resigns(lead: Person, member: Membership) -> None:
    resigned(lead, member.organisation)


def dissolves(lead: Person, member: Membership) -> None:
    resigned(lead, member.organisation)
    leaving.dissolve(by=make.by(lead))


def appoints(lead: Person, member: Membership) -> None:
    today, role = timezone.localdate(), Role.NETWORK_OFFICER
    officer = make.person()
    invite_to_role(by=make.by(lead), person=officer, role=role, organisation=None, from_on=today)


def takes_the_lead_away(lead: Person, member: Membership) -> None:
    role = make.lead().role_assignments.get()
    take_role(by=make.by(lead), assignment=role)


def merges(lead: Person, member: Membership) -> None:
    merge(lead, member.organisation, make.organisation())


def merges_and_parts(lead: Person, member: Membership) -> None:
    undo(lead, merge(lead, member.organisation, make.organisation()))


def merges_people(lead: Person, member: Membership) -> None:
    merge(lead, member.coordinators.get().person, make.person())


@pytest.mark.parametrize(
    "act",
    [
        *(admits, delegates, recalls, resigns, dissolves, appoints, takes_the_lead_away),
        *(merges, merges_and_parts, merges_people),
    ],
)
def test_the_team_is_as_the_partnership_is(
    lead: Person, member: Membership, act: Callable[[Person, Membership], None]
) -> None:
    follow()
    days = [timezone.localdate() + timedelta(days=n) for n in (-1, 0, 1)]

    act(lead, member)

    at_once = list(Seat.objects.order_by("pk").values())
    assert [taken(day) for day in days] == [expected(day) for day in days]
    follow()
    assert list(Seat.objects.order_by("pk").values()) == at_once


@pytest.fixture
def fresh(gmina: TenantRef) -> Iterator[TenantRef]:
    """A tenant in which nothing is adopted yet."""
    with inside(gmina):
        make_partnership.opened(gmina)
        yield gmina


def test_the_team_begins_with_the_first_regulation(fresh: TenantRef) -> None:
    lead = make.lead()
    assert not Team.objects.exists()
    tomorrow = timezone.localdate() + timedelta(days=1)

    adopted(lead, whole(), in_force_from=tomorrow)

    team = Team.objects.get()
    assert (team.kind, team.from_on, str(team)) == ("PZK", tomorrow, NAME)
    assert taken(tomorrow) == {(None, lead.pk)}
    assert team.terms_on(timezone.localdate()) is None


def test_an_adopted_change_gives_the_team_new_terms(lead: Person) -> None:
    follow()
    team, today = Team.objects.get(), timezone.localdate()
    version = voting.opened(lead, meetings_count=5)
    voting.vote(version, lead)
    voting.close(version, lead, in_force_from=today + timedelta(days=3))

    said = {n: team.terms_on(today + timedelta(days=n)) for n in (2, 3)}
    assert [terms.meetings_count for terms in said.values() if terms] == [1, 5]
