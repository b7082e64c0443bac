"""Keeps a few schemas ready, so that opening a tenant is a change of two names."""

from uuid import uuid4

from django.conf import settings
from psycopg import sql

from kooperacja.tenancy.ref import role_of
from tenants.registry import release
from tenants.registry.models import SchemaVersion, Spare
from tenants.schemas import ddl, provisioning
from tenants.schemas.owner import owner, run

PREFIX = "s_"
_ONE_FILLS = "SELECT pg_try_advisory_lock(hashtext('registry.spares'))"


def refill() -> int:
    """Remove spares of other versions and make as many as are missing; how many were made."""
    count = 0
    with owner(autocommit=True) as guard:
        if not guard.execute(_ONE_FILLS).fetchone()[0]:  # type: ignore[index]
            return 0
        version = ddl.current()
        for spare in Spare.objects.exclude(ddl=version.digest):
            remove(spare.schema_name, spare.role_name)
        while Spare.objects.filter(ddl=version.digest).count() < settings.SPARE_TENANTS:
            _make(version)
            count += 1
    return count


def ready() -> int:
    """The number of tenants of this release that can be opened without making a schema."""
    digest = ddl.digest_in([list(key) for key in release.migrations()])
    return Spare.objects.filter(ddl=digest).count()


def _make(version: SchemaVersion) -> None:
    # A connection of its own: a backend that has made many schemas gets slower with each.
    name = f"{PREFIX}{uuid4().hex[:12]}"
    with owner() as connection:
        provisioning.make_schema(connection, name, role_of(name), version)
        connection.execute(
            "INSERT INTO public.registry_spare (id, schema_name, role_name, ddl, made_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, now())",
            [name, role_of(name), version.digest],
        )


def remove(schema_name: str, role_name: str) -> None:
    """Remove a spare wholly, also one that is only half there."""
    with owner() as connection:
        connection.execute(
            "DELETE FROM public.registry_spare WHERE schema_name = %s", [schema_name]
        )
        run(connection, "DROP SCHEMA IF EXISTS {} CASCADE", sql.Identifier(schema_name))
        provisioning.drop_role(connection, role_name)
