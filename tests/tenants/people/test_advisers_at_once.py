"""Answers to an adviser and ends of the support at the same moment, with real commits (POR support)."""

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.people.actions import advisers as acts
from tenants.people.models import RoleAssignment
from tenants.registry import advisers
from tenants.registry.roles import Role
from tests.factories import support
from tests.tenants.accession.test_at_once import at_once, tenant

__all__ = ["tenant"]


def roles_of(tenant: TenantRef) -> int:
    with inside(tenant):
        return RoleAssignment.objects.filter(role=Role.ADVISER, ended_on=None).count()


def test_of_two_answers_at_once_one_counts(tenant: TenantRef) -> None:
    with inside(tenant):
        one, two = support.manager(tenant), support.manager(tenant)
    proposal = support.proposed(tenant)

    results = at_once(
        tenant,
        lambda: acts.confirm(by=one, proposal_id=proposal.pk),
        lambda: acts.answer(by=two, proposal_id=proposal.pk, agrees=False, reason="Nie znamy."),
    )

    assert sum(isinstance(result, Problem) for result in results) == 1
    proposal.refresh_from_db()
    assert roles_of(tenant) == (proposal.state == "CONFIRMED")


def test_who_is_struck_off_while_the_unit_agrees_is_not_let_in(tenant: TenantRef) -> None:
    with inside(tenant):
        by = support.manager(tenant)
    proposal = support.proposed(tenant)

    results = at_once(
        tenant,
        lambda: acts.confirm(by=by, proposal_id=proposal.pk),
        lambda: advisers.end(by=support.ROPS, adviser_id=proposal.adviser_id, reason="odszedł"),
    )

    proposal.refresh_from_db()
    assert proposal.state in ("ENDED", "WITHDRAWN"), results
    assert roles_of(tenant) == 0


def test_the_same_agreement_twice_at_once_lets_in_once(tenant: TenantRef) -> None:
    with inside(tenant):
        by = support.manager(tenant)
    proposal = support.proposed(tenant)

    def confirm() -> object:
        return acts.confirm(by=by, proposal_id=proposal.pk)

    results = at_once(tenant, confirm, confirm)

    assert sum(isinstance(result, AlreadySaved) for result in results) == 1
    assert roles_of(tenant) == 1
