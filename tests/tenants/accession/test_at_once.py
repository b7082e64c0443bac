"""Two people at the same moment, on connections of their own and with real commits."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document
from kooperacja.documents.work_first import work_first
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.actions.engagement import set_engagement
from tenants.partnership.actions.seats import end_coordinator
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.actions.organisations import add_organisation
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry import directory
from tenants.registry.roles import Role
from tenants.schemas import provisioning
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.waiting import until


@pytest.fixture
def tenant(fresh_database: str) -> TenantRef:
    found = directory.find("gogolin")
    assert found is not None
    with inside(found):
        make_partnership.found(found)
    return found


def at_once(tenant: TenantRef, *works: Callable[[], Any]) -> list[Any]:
    """The results of all, or their failures; all begin together."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            with inside(tenant):
                start.wait()
                return work()
        except Exception as failure:
            return failure
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def in_turn(tenant: TenantRef, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """The results of both; the second comes before the first has committed, and must wait."""
    has_begun, has_waited = threading.Event(), False

    def run(work: Callable[[], Any]) -> Any:
        @work_first
        def turn() -> Any:
            nonlocal has_waited
            done = work()
            if work is first:
                has_begun.set()
                has_waited = waits(later)
            return done

        try:
            with inside(tenant):
                return turn()
        except Exception as failure:
            return failure
        finally:
            has_begun.set()
            connections.close_all()

    def follow() -> Any:
        has_begun.wait()
        return run(second)

    with ThreadPoolExecutor(2) as pool:
        later = pool.submit(follow)
        results = [pool.submit(run, first).result(), later.result()]
    assert has_waited, f"the second did not wait: {results}"
    return results


def waits(work: "Future[Any]") -> bool:
    """Whether the work came to wait for a lock before it was done."""
    with provisioning.owner(autocommit=True) as connection:
        seen = connection.execute
        until(lambda: work.done() or seen(_WAITING).fetchone(), what="a wait")
    return not work.done()


_WAITING = """
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def test_of_two_who_accept_one_does_and_the_other_hears_of_it(tenant: TenantRef) -> None:
    with inside(tenant):
        first, second = make.lead(), make.lead()
        declaration = make_accession.filed(first)

    def accept(person: Person) -> Callable[[], Any]:
        return lambda: decisions.accept_declaration(
            by=make.by(person), declaration_id=declaration.pk
        )

    results = at_once(tenant, accept(first), accept(second))

    (told,) = [one for one in results if isinstance(one, Problem)]
    assert [type(one) for one in results if one is not told] == [Membership]
    assert told.status == 409
    assert told.title == "Tę deklarację już przyjęto"
    with inside(tenant):
        assert Membership.objects.count() == 1
        assert PartnershipCoordinator.objects.count() == 1
        assert Document.objects.count() == 1
        assert Outgoing.objects.filter(kind="INVITATION").count() == 1
        assert Outgoing.objects.filter(kind="FIGURES").count() == 2  # filed, accepted
        assert [s.state for s in declaration.steps.all()] == ["DRAFT", "FILED", "ACCEPTED"]


def test_of_accepting_and_refusing_only_one_happens(tenant: TenantRef) -> None:
    with inside(tenant):
        first, second = make.lead(), make.lead()
        declaration = make_accession.filed(first)

    results = at_once(
        tenant,
        lambda: decisions.accept_declaration(by=make.by(first), declaration_id=declaration.pk),
        lambda: decisions.refuse_declaration(
            by=make.by(second), declaration_id=declaration.pk, reason="nie"
        ),
    )

    assert sum(isinstance(one, Problem) for one in results) == 1
    with inside(tenant):
        state = AccessionDeclaration.objects.get().state
        assert Membership.objects.count() == (1 if state == "ACCEPTED" else 0)


def test_a_form_sent_twice_at_once_makes_one_row(tenant: TenantRef) -> None:
    with inside(tenant):
        lead = make.lead()
    key, values = uuid7(), {"name": "Szkoła", "sector": "EDUCATION", "city": "Gogolin"}

    def add() -> Any:
        return add_organisation(by=make.by(Person.objects.get(pk=lead.pk)), key=key, values=values)

    results = at_once(tenant, add, add)

    assert sum(isinstance(one, AlreadySaved) for one in results) == 1
    assert sum(isinstance(one, Organisation) for one in results) == 1
    with inside(tenant):
        assert Organisation.objects.count() == 1


def test_two_who_end_a_coordinator_close_the_access_once(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, member = make.lead(), make_partnership.member(make.organisation())
        seat = member.coordinators.get()
        RoleAssignment.objects.create(
            person=seat.person,
            role=Role.PARTNER_COORDINATOR,
            organisation=member.organisation,
            from_on=member.from_on,
            granted_by="test",
        )

    def end() -> Any:
        person, day = Person.objects.get(pk=lead.pk), timezone.localdate()
        return end_coordinator(by=make.by(person), coordinator_id=seat.pk, ended_on=day)

    results = at_once(tenant, end, end)

    assert sum(isinstance(one, AlreadySaved) for one in results) == 1
    with inside(tenant):
        assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1
        assert Entry.objects.filter(verb="COORDINATOR_ENDED").count() == 1


def test_of_two_levels_set_at_once_the_later_is_told_of_the_first(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, member = make.lead(), make_partnership.member(make.organisation())

    def put(level: str) -> Callable[[], Any]:
        return lambda: set_engagement(
            by=make.by(Person.objects.get(pk=lead.pk)),
            key=uuid7(),
            membership_id=member.pk,
            seen=None,
            level=level,
            reason="z diagnozy",
            from_on=member.from_on,
        )

    results = at_once(tenant, put("FULL"), put("PARTIAL"))

    (told,) = [one for one in results if isinstance(one, StaleForm)]
    with inside(tenant):
        assert member.engagements.get() == told.current
