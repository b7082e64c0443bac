"""An entry is made one with another while somebody is authorised by it, with real commits."""

from collections.abc import Callable
from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.data_protection import actions
from tenants.data_protection.models import ConfidentialityStatement, ProcessingAuthorisation
from tenants.people.actions import mending
from tenants.people.models import Organisation, Person
from tenants.people.references import moved_by_merge
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.test_at_once import in_turn, tenant

__all__ = ["tenant"]


def _grants(by: Person, whom: Person, of: Organisation) -> Any:
    values = {"scope": "FAMILIES", "position": "pedagog", "purpose": "pomoc rodzinom"}
    return actions.grant_authorisation(
        by=make.by(by),
        key=uuid7(),
        subject_id=whom.pk,
        organisation_id=of.pk,
        until=None,
        values={**values, "from_on": make.by(by).today, "granted_on": make.by(by).today},
    )


def _states(by: Person, whom: Person, of: Organisation) -> Any:
    return actions.enter_statement(
        by=make.by(by),
        subject_id=whom.pk,
        organisation_id=of.pk,
        signed_on=make.by(by).today,
        upload=make.pdf(),
    )


@pytest.mark.parametrize("writes", [_grants, _states])
@pytest.mark.parametrize("hides", ["person", "organisation"])
def test_nothing_is_written_of_an_entry_that_was_hidden_meanwhile(
    tenant: TenantRef, writes: Callable[..., Any], hides: str
) -> None:
    with inside(tenant):
        lead = make.lead()
        member = make_partnership.member(make.organisation(regon=""))
        of, whom = member.organisation, member.coordinators.get().person
        source: Any = whom if hides == "person" else of
        target: Any = make.person() if hides == "person" else make.organisation()
        seen = sum(len(ids) for _, ids in moved_by_merge(source, target))

    def merges() -> Any:
        given = {"source_id": source.pk, "target_id": target.pk, "seen": seen}
        return mending.merge(by=make.by(lead), kind=type(source), **given)

    merged, refused = in_turn(tenant, merges, lambda: writes(lead, whom, of))

    assert isinstance(refused, Problem), (merged, refused)
    with inside(tenant):
        assert not ProcessingAuthorisation.objects.exists()
        assert not ConfidentialityStatement.objects.exists()
