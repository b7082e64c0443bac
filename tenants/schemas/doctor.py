"""Finds what a crash left half done between the register and the schemas, and mends what it may."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from psycopg import IsolationLevel, sql

from kooperacja.crypto import families
from kooperacja.crypto.models import TenantKey
from kooperacja.tenancy.ref import role_of
from tenants.registry.models import Tenant, Upgrade
from tenants.registry.workflow import TenantStatus
from tenants.schemas import catalogue, citus, ddl, provisioning, recording, spares
from tenants.schemas.actions import finish_opening
from tenants.schemas.owner import CHANGES, Connection, migrations_in, owner, run


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be, and how it is mended, where that loses nothing."""

    where: str
    said: str
    mend: Callable[[], object] | None = None


def examine(*others: "Check") -> list[Finding]:
    """Find what is wrong now; a tenant that is being opened or migrated at this moment is not."""
    with owner() as connection:
        # One look at everything: what is renamed meanwhile is seen before or after, never between.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        seen = Seen(connection)
        return [finding for check in (*_CHECKS, *others) for finding in check(seen)]


class Seen:
    """The server's schemas and roles, beside the register."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.tenants = list(Tenant.objects.select_related("unit"))
        self.schemas = self._names("SELECT nspname FROM pg_namespace")
        self.roles = self._names("SELECT rolname FROM pg_roles")
        self.registered = self._names("SELECT schema_name FROM public.registry_tenant")
        self.spares = self._names("SELECT schema_name FROM public.registry_spare")
        self.built = [tenant for tenant in self.tenants if tenant.schema_name in self.schemas]

    def _names(self, query: str) -> set[str]:
        return {name for (name,) in self.connection.execute(query.encode()).fetchall()}

    def is_free(self, lock: str) -> bool:
        """Nobody does now what this lock is held for; kept until we have looked."""
        query = "SELECT pg_try_advisory_xact_lock(hashtext(%s))"
        row = self.connection.execute(query, [lock]).fetchone()
        return bool(row and row[0])


Check = Callable[[Seen], Iterator[Finding]]


def _openings(seen: Seen) -> Iterator[Finding]:
    for tenant in seen.tenants:
        if tenant.status == TenantStatus.OPENING:
            why = f": {tenant.failure}" if tenant.failure else ""
            yield Finding(
                str(tenant), f"otwieranie nie jest skończone{why}", partial(finish_opening, tenant)
            )


def _missing_schemas(seen: Seen) -> Iterator[Finding]:
    for tenant in seen.tenants:
        if not tenant.opened_at:
            continue
        if tenant.schema_name not in seen.schemas:
            yield Finding(str(tenant), f"brak danych {tenant.schema_name}: odtwórz je z kopii")
        elif tenant.role_name not in seen.roles:
            yield Finding(str(tenant), f"brak roli {tenant.role_name}", partial(_grant, tenant))


def _missing_keys(seen: Seen) -> Iterator[Finding]:
    held = set(TenantKey.objects.values_list("tenant_id", flat=True))
    for tenant in seen.tenants:
        if tenant.opened_at and tenant.pk not in held:
            yield Finding(str(tenant), "brak klucza szyfrowania: odtwórz go z kopii")


def _destroyed_keys(seen: Seen) -> Iterator[Finding]:
    """Keys of families that were destroyed, and came back with the database of a former day."""
    if count := families.returned():
        yield Finding("klucze rodzin", f"wróciły zniszczone: {count}", families.forget_returned)


def _versions(seen: Seen) -> Iterator[Finding]:
    if not seen.is_free(CHANGES):
        return
    for tenant in seen.built:
        own = ddl.digest_in(migrations_in(seen.connection, tenant.schema_name))
        if tenant.ddl and tenant.ddl != own:
            yield Finding(
                str(tenant),
                "rejestr podaje inną wersję danych, niż one same",
                partial(Tenant.objects.filter(pk=tenant.pk).update, ddl=own),
            )


def _rights(seen: Seen) -> Iterator[Finding]:
    once_written = recording.append_only_tables()
    wrong = set()
    schemas = [tenant.schema_name for tenant in seen.built]
    roles = {tenant.schema_name: tenant.role_name for tenant in seen.built}
    for schema, table, held in seen.connection.execute(_RIGHTS, [schemas]).fetchall():
        planned = "INSERT,SELECT" if table in once_written else "DELETE,INSERT,SELECT,UPDATE"
        if table == "django_migrations":
            planned = "SELECT"
        if held != [f"{roles[schema]}:{planned}"]:
            wrong.add(schema)
    for tenant in seen.built:
        if tenant.schema_name in wrong and tenant.role_name in seen.roles:
            yield Finding(
                str(tenant), "prawa w bazie nie zgadzają się z planem", partial(_grant, tenant)
            )


# Of every table: who but its owner may do what, each as "role:RIGHT,RIGHT".
_RIGHTS = """
    SELECT n.nspname, c.relname, array_agg(held.grantee || ':' || held.rights)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN LATERAL (
        SELECT acl.grantee::regrole::text AS grantee,
               string_agg(acl.privilege_type, ',' ORDER BY acl.privilege_type) AS rights
        FROM aclexplode(c.relacl) acl WHERE acl.grantee <> c.relowner GROUP BY acl.grantee
    ) held ON true
    WHERE c.relkind = 'r' AND n.nspname = ANY(%s) GROUP BY n.nspname, c.relname
"""


def _grant(tenant: Tenant) -> None:
    with owner() as connection:
        strangers = connection.execute(_STRANGERS, [tenant.schema_name, tenant.role_name])
        for (role_name,) in strangers.fetchall():
            run(
                connection,
                "REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}",
                sql.Identifier(tenant.schema_name),
                sql.Identifier(role_name) if role_name else sql.SQL("PUBLIC"),
            )
        provisioning.grant_tenant(connection, tenant.schema_name, tenant.role_name)


_STRANGERS = """
    SELECT DISTINCT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL aclexplode(c.relacl) acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
    WHERE c.relkind = 'r' AND n.nspname = %s AND acl.grantee <> c.relowner
      AND r.rolname IS DISTINCT FROM %s
"""


def _half_spares(seen: Seen) -> Iterator[Finding]:
    # Roles belong to the whole server: one without a schema here may be of another database.
    names = {name for name in seen.schemas if name.startswith(spares.PREFIX)}
    for name in sorted(names | seen.spares):
        role_name = role_of(name)
        if not (name in seen.schemas and role_name in seen.roles and name in seen.spares):
            yield Finding(name, "zapas jest niekompletny", partial(spares.remove, name, role_name))


def _left_behind(seen: Seen) -> Iterator[Finding]:
    """Schemas that belong to nobody; one that may hold a tenant's rows is left to a person."""
    for name in sorted(seen.schemas - seen.registered):
        if name.startswith("t_"):
            yield Finding(name, "dane bez jednostki w rejestrze: sprawdź, czyje są")
        if name.startswith(recording.SCRATCH) and seen.is_free("registry.scratch"):
            yield Finding(
                name, "pozostałość po przerwanym przygotowaniu", partial(drop_schema, name)
            )


def drop_schema(schema_name: str) -> None:
    with owner() as connection:
        run(connection, "DROP SCHEMA IF EXISTS {} CASCADE", sql.Identifier(schema_name))


def _interrupted_upgrades(seen: Seen) -> Iterator[Finding]:
    if not seen.is_free(CHANGES):
        return
    for attempt in Upgrade.objects.filter(ended_at=None).select_related("tenant__unit"):
        mend = partial(
            Upgrade.objects.filter(pk=attempt.pk, ended_at=None).update,
            ended_at=timezone.now(),
            error="przerwana",
        )
        yield Finding(str(attempt.tenant), "aktualizacja została przerwana", mend)


def _nodes(seen: Seen) -> Iterator[Finding]:
    """On Citus: what each node leaves open, and tenants as whom the nodes can't sign in."""
    if not citus.is_here(seen.connection):
        return
    for answer in citus.ask_nodes(seen.connection, catalogue.open_on_node()):
        if not answer.is_done:
            yield Finding(answer.node, f"węzeł Citus nie odpowiada: {answer.said}")
        elif answer.said != "0":
            said = "na węźle Citus otwarte jest to, co odebrano wszystkim"
            yield Finding(answer.node, said, provisioning.sync_roles)
    by_role = {tenant.role_name: tenant for tenant in seen.built}
    for (name,) in seen.connection.execute(_CANT_SIGN_IN, [list(by_role)]).fetchall():
        said = "węzły Citus nie połączą się w jej imieniu"
        yield Finding(str(by_role[name]), said, partial(_grant, by_role[name]))


_CANT_SIGN_IN = """
    SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)
      AND NOT (rolcanlogin AND has_database_privilege(oid, current_database(), 'CONNECT'))
    ORDER BY rolname
"""

_CHECKS: tuple[Check, ...] = (
    _openings,
    _missing_schemas,
    _missing_keys,
    _destroyed_keys,
    _versions,
    _rights,
    _nodes,
    _half_spares,
    _left_behind,
    _interrupted_upgrades,
)
