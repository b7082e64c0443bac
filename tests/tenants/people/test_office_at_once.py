"""Two people of the office at the same moment, with real commits."""

from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.people.actions import office
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.accession.test_at_once import in_turn, tenant

__all__ = ["tenant"]


def _ends(by: Person, of: Person) -> Any:
    assignment = RoleAssignment.objects.get(person=of)
    return office.end_role(by=make.by(by), assignment_id=assignment.pk)


def _invites(by: Person) -> Any:
    return office.invite_colleague(
        by=make.by(by), full_name="Ewa Swoja", email="ewa@example.pl", role=Role.TENANT_ADMIN
    )


@pytest.mark.parametrize("does", ["ends", "invites"])
def test_who_lost_the_right_while_waiting_can_do_nothing(tenant: TenantRef, does: str) -> None:
    with inside(tenant):
        first, second, _ = (
            make.person(Role.TENANT_ADMIN, account=accounts.account(email=f"{uuid7()}@example.pl"))
            for _ in range(3)
        )
    later = (lambda: _ends(second, first)) if does == "ends" else (lambda: _invites(second))

    _, refused = in_turn(tenant, lambda: _ends(first, second), later)

    assert isinstance(refused, Refused)
    with inside(tenant):
        assert RoleAssignment.objects.get(person=second).ended_on is not None
        assert RoleAssignment.objects.filter(ended_on=None).count() == 2
