"""Two people at the same moment over a change of the regulation (REG §9)."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation.actions.amendments import open_amendment, open_voting
from tenants.regulation.actions.versions import acknowledge_regulation
from tenants.regulation.models import (
    RegulationAcknowledgement,
    RegulationBallot,
    RegulationVersion,
    RegulationVote,
)
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.accession.test_at_once import at_once, in_turn, tenant

__all__ = ["tenant"]


def again(person: Person) -> Person:
    """The person as another request reads them."""
    return Person.objects.get(pk=person.pk)


def test_two_of_one_institution_cast_one_vote(tenant: TenantRef) -> None:
    with inside(tenant):
        (one,) = voting.members(1)
        version = voting.opened(make.lead())
        head, coordinator = (
            make.person(role, organisation=one)
            for role in (Role.PARTNER_HEAD, Role.PARTNER_COORDINATOR)
        )

    def vote(person: Person, choice: str) -> Callable[[], Any]:
        return lambda: voting.vote(version, again(person), one, choice)

    cast, told = in_turn(tenant, vote(head, "YES"), vote(coordinator, "NO"))

    assert isinstance(told, Problem), told
    assert "już oddano" in told.title
    with inside(tenant):
        assert RegulationVote.objects.get() == cast


def test_a_voting_opened_twice_gives_each_member_one_ballot(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, other = make.lead(), make.lead()
        voting.members(3)
        draft = voting.drafted(lead)
        until = timezone.localdate()

    def open_it(person: Person) -> Callable[[], Any]:
        return lambda: open_voting(
            by=make.by(again(person)), regulation_id=draft.pk, voting_until=until
        )

    results = at_once(tenant, open_it(lead), open_it(other))

    assert sum(isinstance(one, AlreadySaved) for one in results) == 1
    with inside(tenant):
        assert RegulationBallot.objects.count() == 4


def test_a_last_vote_and_the_closing_agree(tenant: TenantRef) -> None:
    with inside(tenant):
        lead = make.lead()
        first, second = voting.members(2)
        version = voting.opened(lead)
        voting.vote(version, lead)
        voting.voted(version, first)
        voter = make.person(Role.PARTNER_HEAD, organisation=second)

    results = at_once(
        tenant,
        lambda: voting.close(version, again(lead)),
        lambda: voting.vote(version, again(voter), second, "NO"),
    )

    assert isinstance(results[0], RegulationVersion)
    with inside(tenant):
        assert RegulationVersion.objects.get(pk=version.pk).number == 2
        is_cast = isinstance(results[1], RegulationVote)
        assert RegulationVote.objects.count() == (3 if is_cast else 2)


def test_a_voting_closed_twice_adopts_one_version(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, other = make.lead(), make.lead()
        version = voting.opened(lead)
        voting.vote(version, lead)

    results = at_once(
        tenant, *(lambda who=who: voting.close(version, again(who)) for who in (lead, other))
    )

    assert sum(isinstance(one, AlreadySaved) for one in results) == 1
    with inside(tenant):
        assert sorted(RegulationVersion.objects.values_list("number", flat=True)) == [1, 2]
        assert Document.objects.count() == 1


def test_two_who_begin_a_change_at_once_begin_one(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, other = make.lead(), make.lead()

    def begin(person: Person) -> Callable[[], Any]:
        return lambda: open_amendment(by=make.by(again(person)), key=uuid7())

    results = at_once(tenant, begin(lead), begin(other))

    assert sum(isinstance(one, Problem) for one in results) == 1
    with inside(tenant):
        assert RegulationVersion.objects.filter(state="DRAFT").count() == 1


def test_an_acknowledgement_sent_twice_at_once_is_one(tenant: TenantRef) -> None:
    with inside(tenant):
        lead = make.lead()
        version = RegulationVersion.objects.get()

    def read() -> Any:
        return acknowledge_regulation(by=make.by(again(lead)), regulation_id=version.pk)

    results = at_once(tenant, read, read)

    assert sum(isinstance(one, AlreadySaved) for one in results) == 1
    with inside(tenant):
        assert RegulationAcknowledgement.objects.count() == 1
