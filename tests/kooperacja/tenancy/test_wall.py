"""The wall between tenants, as seen by the code that works inside one."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import get_script_prefix

from kooperacja.tenancy.context import current_tenant_or_none, inside
from kooperacja.tenancy.errors import OutsideTenant, SwitchInTransaction
from kooperacja.tenancy.ref import TenantRef


def _who() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_schema()::text")
        row = cursor.fetchone()
    assert row is not None
    return row[0], row[1]


@transaction.atomic
def _fail_midway() -> None:
    _who()
    raise ZeroDivisionError


def test_queries_run_as_the_role_of_the_tenant_one_is_in(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    with inside(gmina):
        assert _who() == (gmina.role, gmina.schema)
    with inside(powiat):
        assert _who() == (powiat.role, powiat.schema)


def test_outside_a_tenant_there_is_no_tenant_plane(db: None) -> None:
    with pytest.raises(OutsideTenant):
        _who()


def test_a_switch_inside_a_transaction_is_refused(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(gmina), transaction.atomic():
        with pytest.raises(SwitchInTransaction), inside(powiat):
            pass
        assert _who() == (gmina.role, gmina.schema)


def test_a_rollback_does_not_leave_the_role_of_the_tenant_before(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    with inside(gmina):
        _who()
    with inside(powiat):
        with pytest.raises(ZeroDivisionError):
            _fail_midway()
        assert _who() == (powiat.role, powiat.schema)


def test_one_message_carries_one_statement(in_gmina: TenantRef) -> None:
    with pytest.raises(ProgrammingError, match="multiple commands"), transaction.atomic():
        connection.cursor().execute("SELECT 1; SELECT 2")


def test_leaving_restores_everything(gmina: TenantRef) -> None:
    with inside(gmina):
        assert get_script_prefix() == "/gmina/gogolin/"
    assert get_script_prefix() == "/"
    assert current_tenant_or_none() is None
