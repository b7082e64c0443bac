"""Brings one tenant back from a package while the others go on working."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import errors, sql
from psycopg.types.json import Jsonb
from uuid6 import uuid7

from kooperacja import offers
from kooperacja.audit.actor import Actor
from kooperacja.audit.heads import rewind_heads
from kooperacja.audit.record import record
from kooperacja.crypto import keys
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import role_of
from tenants.backup import media
from tenants.backup.copies import ASIDE, COPY, describe, label
from tenants.backup.copying import one, tables_in
from tenants.backup.exchange import Doors, Exchange
from tenants.backup.loading import load, note_version, require_loadable
from tenants.backup.package import Package
from tenants.registry import directory, release
from tenants.registry.models import Tenant
from tenants.registry.rules import Impossible
from tenants.registry.workflow import TenantStatus
from tenants.schemas import provisioning
from tenants.schemas.owner import Connection, in_schema, owner, run, schema_exists, undisturbed

# In the place of a version: nobody works in the tenant, and no release thinks it may.
RESTORING = "restoring"
_LOCK_SECONDS, _LOCK_TRIES = 2, 15
_CODE = re.compile(r"\d{4}|\d{6}")


@dataclass(frozen=True)
class Restored:
    """The result of a restore."""

    tenant: Tenant
    doors: Doors
    aside: str  # where the former data are kept; empty when there were none

    @property
    def is_behind(self) -> bool:
        return release.is_behind(self.tenant.ddl)


def restore_tenant(*, by: Actor, package: Package) -> Restored:
    """Into its place: the living data are put aside, and nothing is changed unless all succeeds."""
    code = _code(package)
    with undisturbed(changing=True):
        package.verify()
        require_loadable(package)
        tenant = _living(package, code)
        aside = label(ASIDE, code)
        with media.brought_back(package, f"t_{code}", aside), _out_of_reach(tenant):
            doors, had_data = _exchange(by, package, tenant, aside)
    tenant = Tenant.objects.select_related("unit").get(unit__code=code)
    directory.forget()
    keys.forget(tenant.pk)
    for restored in offers.of(offers.TenantRestored):
        restored.run(tenant.ref)
    return Restored(tenant, doors, aside if had_data else "")


def restore_copy(*, by: Actor, package: Package) -> str:
    """Restore a copy for looking, beside the living tenant; the name of its schema."""
    code = _code(package)
    with undisturbed(changing=True):
        package.verify()
        require_loadable(package)
        tenant = _living(package, code)
        if tenant is None:
            raise Impossible(
                f"Jednostki {code} tu nie ma; kopię do wglądu robi się obok jej danych."
            )
        name = label(COPY, code)
        with media.laid_out(package, name), owner() as connection:
            load(connection, package, name)
            describe(connection, name, package)
            provisioning.grant_reading(connection, name, role_of(name))
    data = {"code": code, "copy": name, "moment": package.moment.isoformat()}
    with inside(tenant.ref):
        record(by=by, verb="TENANT_COPY_MADE", data=data)
    return name


def _code(package: Package) -> str:
    if package.kind != "tenant" or not _CODE.fullmatch(package.code):
        raise Impossible(f"{package.directory.name} nie jest kopią jednej jednostki.")
    return package.code


def _living(package: Package, code: str) -> Tenant | None:
    """The tenant as it is now; none, if it is not here."""
    tenant = Tenant.objects.select_related("unit").filter(unit__code=code).first()
    if tenant is None:
        return None
    if str(tenant.pk) != package.manifest["tenant"]["id"]:
        raise Impossible(
            f"{tenant} została tu założona na nowo po zrobieniu tej kopii; "
            "jej danych nie można zastąpić danymi poprzedniej."
        )
    if tenant.status == TenantStatus.OPENING:
        raise Impossible(f"{tenant} jest właśnie otwierana; poczekaj, aż będzie otwarta.")
    return tenant


@contextmanager
def _out_of_reach(tenant: Tenant | None) -> Iterator[None]:
    """Its pages say that it is being worked on, and tasks leave it alone."""
    if tenant is None:
        yield
        return
    _say(tenant, RESTORING)
    try:
        yield
    except BaseException:
        _say(tenant, tenant.ddl)
        raise


def _say(tenant: Tenant, version: str) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(ddl=version)
    directory.forget()


def _exchange(by: Actor, package: Package, tenant: Tenant | None, aside: str) -> tuple[Doors, bool]:
    """One transaction: the kept schema is made, the living one is put aside, rows are exchanged."""
    place, beside = f"t_{package.code}", label("x_", package.code)
    role_name = tenant.role_name if tenant else role_of(place)
    with owner() as connection:
        load(connection, package, beside)
        had_data = schema_exists(connection, place)
        if had_data:
            _lock(connection, place)
            provisioning.revoke_tenant(connection, place, role_name)
            provisioning.rename(connection, "SCHEMA", place, aside)
            provisioning.grant_reading(connection, aside, role_of(aside))
            describe(connection, aside)
        provisioning.rename(connection, "SCHEMA", beside, place)
        provisioning.grant_tenant(connection, place, role_name)
        exchange = Exchange(connection, package, by)
        if tenant is None:
            exchange.make_tenant()
        doors = exchange.run()
        note_version(connection, package)
        connection.execute(
            "UPDATE public.registry_tenant SET ddl = %s, failure = '' WHERE id = %s",
            [package.manifest["version"], package.manifest["tenant"]["id"]],
        )
        last = _last_seal(connection, place)
        _note(connection, place, by, package)
    rewind_heads(place, aside, last)
    return doors, had_data


def _lock(connection: Connection, schema: str) -> None:
    """Writers of this moment end first; those who come now wait and find the other data."""
    tables = sql.SQL(", ").join(table.identifier for table in tables_in(connection, schema))
    run(connection, f"SET LOCAL lock_timeout TO '{_LOCK_SECONDS}s'")
    for attempt in range(1, _LOCK_TRIES + 1):
        try:
            with connection.transaction():
                run(connection, "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", tables)
            return
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            if attempt == _LOCK_TRIES:
                raise Impossible(
                    "Ktoś nie kończy pracy na danych tej jednostki; nic nie zostało zmienione. "
                    "Spróbuj za chwilę."
                ) from error


def _last_seal(connection: Connection, schema: str) -> int:
    query = sql.SQL("SELECT coalesce(max(seq), 0) FROM {}")
    return int(one(connection, query.format(sql.Identifier(schema, "audit_seal"))))


def _note(connection: Connection, schema: str, by: Actor, package: Package) -> None:
    """In the tenant's journal, by the columns that it has had from its first release."""
    in_schema(connection, schema)
    connection.execute(
        "INSERT INTO audit_entry (id, at, account_id, actor_name, role, via, request_id, verb,"
        " object_type, object_id, object_label, why, data)"
        " VALUES (%s, now(), %s, %s, %s, %s, %s, 'TENANT_RESTORED', '', NULL, '', '', %s)",
        [
            uuid7(),
            by.account_id,
            by.name[:200],
            by.role,
            by.via,
            by.request_id,
            Jsonb({"code": package.code, "moment": package.moment.isoformat()}),
        ],
    )
