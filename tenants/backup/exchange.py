"""Brings a tenant's rows of the shared plane back to what a package says, without giving away doors."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from psycopg import sql

from kooperacja.audit.actor import Actor
from kooperacja.crypto.models import TenantKey
from kooperacja.tenancy.ref import role_of
from tenants.backup import shared_rows
from tenants.backup.copying import copy_in, names, tables_in
from tenants.backup.package import Package
from tenants.registry.models import Access, Invitation, Tenant, Unit, Upgrade
from tenants.registry.rules import Impossible
from tenants.schemas.owner import Connection, in_schema

# How fresh its figures and its listing are is not a thing of the past; both are made anew.
_ONLY_ADDED = ("monitoring_publication", "directory_tenantlisting")


@dataclass
class Doors:
    """Changes that a restore made for people."""

    closed: int = 0  # accesses given after the backup
    still_closed: int = 0  # accesses that ended after the backup and stay ended
    made: int = 0  # accounts that were missing; they have no password yet
    strangers: int = 0  # people whose address another account has now


class Exchange:
    """One tenant's shared rows, the kept ones beside the living."""

    def __init__(self, connection: Connection, package: Package, by: Actor) -> None:
        self.connection, self.package, self.by = connection, package, by.name
        self.tenant_id = UUID(package.manifest["tenant"]["id"])
        self.doors = Doors()
        in_schema(connection, "public")
        self.columns: dict[str, list[str]] = {}

    def run(self) -> Doors:
        """All in the caller's transaction."""
        self._lay_out()
        self._accounts()
        for model in shared_rows.models_of_tenants():
            _HOW.get(model, _default(model))(self, model)
        return self.doors

    def make_tenant(self) -> None:
        """The register's row of a tenant that is not here."""
        self._lay_out()
        code = self.package.code
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise Impossible(f"W rejestrze TERYT tego województwa nie ma jednostki {code}.")
        kept = self._kept(shared_rows.TENANT)
        role_name = role_of(f"t_{code}")
        self._do("UPDATE {} SET unit_id = {}, role_name = {}", kept, unit.pk, role_name)
        self._insert(Tenant, "true")

    def _lay_out(self) -> None:
        """The kept rows in tables of this session, so that they can be compared with the living."""
        if self.columns:
            return
        living = {table.name: table for table in tables_in(self.connection, "public")}
        for name, of in self.package.tables(shared_rows.FOLDER).items():
            if name not in living or set(of["columns"]) - set(living[name].columns):
                raise Impossible(
                    f"Kopię zrobiło inne wydanie programu: tabeli {name} to wydanie tak nie zna."
                )
            self.columns[name] = of["columns"]
            self._do(
                "CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA",
                self._kept(name),
                names(of["columns"]),
                living[name].identifier,
            )
            copy_in(self.connection, self._kept(name), of["columns"], of["path"])

    def _accounts(self) -> None:
        """A missing person gets an account without a password."""
        kept = self._kept(shared_rows.ACCOUNT)
        missing = sql.SQL(
            "id NOT IN (SELECT id FROM accounts_account)"
            " AND lower(email) NOT IN (SELECT lower(email) FROM accounts_account)"
        )
        self.doors.made = self._do(
            "INSERT INTO public.accounts_account (id, email, full_name, password, is_active,"
            " created_at) SELECT id, email, full_name, {}, true, now() FROM {} WHERE {}",
            make_password(None),
            kept,
            missing,
        )
        self.doors.strangers = self._do(
            "DELETE FROM {} WHERE id NOT IN (SELECT id FROM accounts_account)", kept
        )

    def accesses(self, model: type[Model]) -> None:
        """Doors opened since are closed; those closed since stay closed, and the command says so."""
        kept = self._kept(model._meta.db_table)
        living = self._living(model)
        self.doors.still_closed = self._do(
            "SELECT 1 FROM {} a JOIN {} k USING (id) WHERE k.ended_at IS NULL"
            " AND a.ended_at IS NOT NULL",
            living,
            kept,
        )
        self.doors.closed = self._do(
            "UPDATE {} SET ended_at = greatest(now(), granted_at), ended_by = {},"
            " end_reason = 'Odtworzono dane z kopii, w której tego dostępu nie ma.'"
            " WHERE tenant_id = {} AND ended_at IS NULL"
            " AND id NOT IN (SELECT id FROM {} WHERE ended_at IS NULL)",
            living,
            self.by,
            self.tenant_id,
            kept,
        )
        self.added(model)

    def invitations(self, model: type[Model]) -> None:
        """Invitations sent since are withdrawn: what they invite to is not there any more."""
        self._do(
            "UPDATE {} SET withdrawn_at = now(), withdrawn_by = {} WHERE tenant_id = {}"
            " AND accepted_at IS NULL AND withdrawn_at IS NULL AND id NOT IN (SELECT id FROM {})",
            self._living(model),
            self.by,
            self.tenant_id,
            self._kept(model._meta.db_table),
        )
        self.added(model)

    def added(self, model: type[Model]) -> None:
        """Missing rows come back; rows that are here stay as they are."""
        self._insert(model, "true")

    def replaced(self, model: type[Model]) -> None:
        """Exactly what the package has."""
        self._do("DELETE FROM {} WHERE tenant_id = {}", self._living(model), self.tenant_id)
        self._insert(model, "true")

    def _insert(self, model: type[Model], where: str) -> None:
        columns = names(self.columns[model._meta.db_table])
        known = [
            sql.SQL("({0} IS NULL OR {0} IN (SELECT id FROM accounts_account))").format(
                sql.Identifier(column)
            )
            for column in shared_rows.account_columns(model)
        ]
        self._do(
            "INSERT INTO {} ({}) SELECT {} FROM {} WHERE {} ON CONFLICT DO NOTHING",
            self._living(model),
            columns,
            columns,
            self._kept(model._meta.db_table),
            sql.SQL(" AND ").join([sql.SQL(where), *known]),
        )

    def _kept(self, table: str) -> sql.Identifier:
        return sql.Identifier("pg_temp", f"kept_{table}")

    def _living(self, model: type[Model]) -> sql.Identifier:
        return sql.Identifier("public", model._meta.db_table)

    def _do(self, text: str, *values: object) -> int:
        parts = [
            value if isinstance(value, sql.Composable) else sql.Literal(value) for value in values
        ]
        query = sql.SQL(text).format(*parts)
        return self.connection.execute(query).rowcount


_HOW: dict[type[Model], Callable[[Exchange, type[Model]], None]] = {
    Access: Exchange.accesses,
    Invitation: Exchange.invitations,
    TenantKey: Exchange.added,
    Upgrade: Exchange.added,
}


def _default(model: type[Model]) -> Callable[[Exchange, type[Model]], None]:
    return Exchange.added if model._meta.db_table in _ONLY_ADDED else Exchange.replaced
