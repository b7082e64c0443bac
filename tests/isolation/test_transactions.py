"""However a transaction ends, its tenant stays the one that was entered."""

import pytest
from django.db import DataError, Error, connection, transaction

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.errors import ForeignObject
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation
from tests.isolation.conftest import SECRET, Field
from tests.isolation.payloads import ENDINGS


def _seen() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_schema()::text, max(secret) FROM canary")
        row: tuple[str, ...] = cursor.fetchone()
    return row


def _own(tenant: TenantRef) -> tuple[str, ...]:
    return tenant.role, tenant.schema, SECRET.format(tenant.schema)


def test_a_swallowed_error_does_not_bring_back_the_tenant_before(wall: Field) -> None:
    with inside(wall.foreign):
        _seen()
    with inside(wall.own):
        with transaction.atomic(), pytest.raises(DataError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        # It was left as if nothing had happened, so the server answered COMMIT by a rollback.
        assert _seen() == _own(wall.own)


@pytest.mark.parametrize("statement", ENDINGS)
def test_a_query_that_ends_the_transaction_does_not_bring_back_the_tenant_before(
    wall: Field, statement: str
) -> None:
    with inside(wall.foreign):
        _seen()
    try:
        with inside(wall.own), transaction.atomic():
            connection.cursor().execute(statement)
            assert _seen() == _own(wall.own)
    except Error:
        connection.close()
    with inside(wall.own):
        assert _seen() == _own(wall.own)


def test_a_new_session_is_told_whose_it_is(wall: Field) -> None:
    with inside(wall.own):
        _seen()
        connection.close()
        assert _seen() == _own(wall.own)


def test_objects_of_one_tenant_are_not_written_in_bulk_in_another(wall: Field) -> None:
    with inside(wall.foreign):
        here = Organisation.objects.create(name="Szkoła", sector="EDUCATION", city="Opole")
    with inside(wall.own):
        with pytest.raises(ForeignObject):
            Organisation.objects.bulk_create([here])
        with pytest.raises(ForeignObject):
            Organisation.objects.bulk_update([here], ["name"])
        assert not Organisation.objects.exists()
