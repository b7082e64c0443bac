"""Parties that leave at the same moment, with real commits (POR)."""

import pytest

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.agreements.models import Agreement, Departure
from tenants.agreements.standing import parties_in_force
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.accession.test_at_once import at_once, tenant

__all__ = ["tenant"]


def test_of_two_that_leave_at_once_the_second_ends_the_agreement_which_binds_never_one(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        one, two = (make_people.by(make_people.lead()) for _ in range(2))
        agreement = life.bound(3)
        first, second, _ = agreement.parties.all()
    results = at_once(
        tenant, lambda: life.leave(first, who=one), lambda: life.leave(second, who=two)
    )
    assert not [result for result in results if isinstance(result, Exception)]
    with inside(tenant):
        agreement = Agreement.objects.get()
        assert (agreement.state, agreement.ended_on) == ("ENDED", life.TODAY())
        assert Departure.objects.count() == 2


@pytest.mark.parametrize("leaves_on", [0, 3])
def test_while_it_ends_a_party_leaves_before_or_is_told(tenant: TenantRef, leaves_on: int) -> None:
    with inside(tenant):
        one, two = (make_people.by(make_people.lead()) for _ in range(2))
        agreement = life.bound(3)
        party = agreement.parties.all()[0]
    results = at_once(
        tenant, lambda: life.end(agreement, who=one), lambda: life.leave(party, leaves_on, two)
    )
    failed = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(result, Problem) for result in failed)
    with inside(tenant):
        agreement.refresh_from_db()
        assert agreement.state == "ENDED"
        assert parties_in_force(agreement, life.TODAY()) == []
        assert Departure.objects.count() == 1 - len(failed)
        assert not agreement.parties.filter(ended_on=None).exists()


def test_a_party_never_both_takes_its_signature_back_and_is_bound_by_it(tenant: TenantRef) -> None:
    """The last signature brings it into force; the first is taken back before, or no more."""
    with inside(tenant):
        one, two = (make_people.by(make_people.lead()) for _ in range(2))
        agreement = make.before_parties(make.whole("A", 2, one, force="ENOUGH", enough=2))
        first, second = agreement.parties.all()
        make.entered(first, who=one)
    results = at_once(
        tenant, lambda: make.entered(second, who=one), lambda: make.turned_down(first, two)
    )
    failed = [result for result in results if isinstance(result, Exception)]
    with inside(tenant):
        agreement.refresh_from_db()
        assert (agreement.state == "IN_FORCE") == bool(failed)
        bound = len(parties_in_force(agreement, life.TODAY()))
        assert bound == (2 if failed else 0)
