"""Answers to an adviser and ends of the support at the same moment, with real commits (POR support)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.people.actions import advisers as acts
from tenants.people.models import RoleAssignment
from tenants.registry import actions, advisers
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tenants.registry.support import AdviserProposal
from tests.factories import support
from tests.factories.support import values_of
from tests.tenants.accession.test_at_once import at_once, tenant, waits

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


def test_whose_last_day_has_passed_while_the_unit_agrees_is_not_let_in(tenant: TenantRef) -> None:
    with inside(tenant):
        by = support.manager(tenant)
    proposal = support.proposed(tenant)
    values = values_of(proposal.adviser, until=timezone.localdate() - timedelta(days=1))

    results = at_once(
        tenant,
        lambda: acts.confirm(by=by, proposal_id=proposal.pk),
        lambda: advisers.change(
            by=support.ROPS, adviser_id=proposal.adviser_id, version=0, values=values
        ),
    )

    proposal.refresh_from_db()
    assert proposal.state in ("ENDED", "WITHDRAWN"), results
    assert roles_of(tenant) == 0


def test_whoever_waited_to_agree_goes_by_the_last_day_that_was_saved_meanwhile(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        by = support.manager(tenant)
    proposal, last = support.proposed(tenant), timezone.localdate() + timedelta(days=1)

    def agree() -> list[Any]:
        return at_once(tenant, lambda: acts.confirm(by=by, proposal_id=proposal.pk))

    with ThreadPoolExecutor(1) as pool, transaction.atomic(using="shared"):
        advisers.change(
            by=support.ROPS,
            adviser_id=proposal.adviser_id,
            version=0,
            values=values_of(proposal.adviser, until=last),
        )
        agreeing = pool.submit(agree)
        assert waits(agreeing)

    with inside(tenant):
        role = RoleAssignment.objects.get(role=Role.ADVISER)
    assert role.ended_on == last + timedelta(days=1), agreeing.result()


def test_a_unit_that_is_shut_while_it_is_asked_keeps_no_proposal(tenant: TenantRef) -> None:
    row, adviser = Tenant.objects.get(pk=tenant.id), support.adviser()

    results = at_once(
        tenant,
        lambda: advisers.propose(by=support.ROPS, tenant=row, adviser_id=adviser.pk),
        lambda: actions.suspend_tenant(by=support.ROPS, tenant=row, reason="audyt"),
    )

    assert not AdviserProposal.objects.filter(state="PROPOSED").exists(), results


def test_the_same_agreement_twice_at_once_lets_in_once(tenant: TenantRef) -> None:
    with inside(tenant):
        by = support.manager(tenant)
    proposal = support.proposed(tenant)

    def confirm() -> object:
        return acts.confirm(by=by, proposal_id=proposal.pk)

    results = at_once(tenant, confirm, confirm)

    assert sum(isinstance(result, AlreadySaved) for result in results) == 1
    assert roles_of(tenant) == 1
