"""The database as the wall: every statement runs as the role of the tenant one is in.

A subclass of django-tenants' wrapper. Theirs sets the search path alone, before each cursor, and
falls back to public; this one sets role, path and whether one may write together, only when they
differ, and knows no fallback: outside a tenant there is no tenant plane.
"""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base as postgresql
from django.utils.functional import cached_property
from django_tenants.postgresql_backend import base as django_tenants
from psycopg import sql

from kooperacja.tenancy.errors import OutsideTenant, SwitchInTransaction
from kooperacja.tenancy.memory import tenants_a_connection
from kooperacja.tenancy.plane import Plane
from kooperacja.tenancy.ref import TenantRef


class DatabaseWrapper(Plane, django_tenants.DatabaseWrapper):  # type: ignore[misc]
    """Connection of the tenant plane."""

    tenant: TenantRef | None
    is_read_only: bool = False
    # What the server was told: schema, and whether its transactions only read.
    _applied: tuple[str, bool] | None = None
    _seen: frozenset[str] = frozenset()
    # Answers that hold while nothing can be written (kooperacja.tenancy.facts).
    _facts: dict[Any, Any]

    @property
    def facts(self) -> dict[Any, Any] | None:
        """Answers of the tenant one is in, while it can't be written; else None."""
        return self._facts if self.is_read_only and self.tenant else None

    @cached_property
    def pg_version(self) -> int:
        # Django's own asks for a cursor, which needs a tenant.
        self.ensure_connection()
        return int(self.connection.info.server_version)

    def enter(self, tenant: TenantRef | None) -> None:
        """Choose the tenant of the next statements; the server is told at the next cursor."""
        if tenant == self.tenant:
            return
        self._refuse_in_transaction(f"{self.tenant} -> {tenant}")
        self._facts = {}
        self.tenant = tenant
        self.schema_name = tenant.schema if tenant else None
        self._recycle()

    def read_only(self, is_on: bool) -> None:
        """Choose whether the next statements may only read, in whichever tenant."""
        if is_on == self.is_read_only:
            return
        self._refuse_in_transaction("to read-only" if is_on else "from read-only to writing")
        self._facts = {}
        self.is_read_only = is_on

    def _refuse_in_transaction(self, switch: str) -> None:
        in_own_transaction = any(
            not getattr(block, "_from_testcase", False) for block in self.atomic_blocks
        )
        if in_own_transaction:
            raise SwitchInTransaction(switch)

    def _recycle(self) -> None:
        """Replace a connection whose backend remembers the tables of many tenants."""
        if self.tenant is None or self.connection is None or self.in_atomic_block:
            return
        is_new = self.tenant.schema not in self._seen
        if is_new and len(self._seen) >= tenants_a_connection():
            self.close()

    def _cursor(self, name: str | None = None) -> Any:
        if self.tenant is None:
            raise OutsideTenant("the tenant plane was asked for outside a tenant")
        cursor = postgresql.DatabaseWrapper._cursor(self, name)  # type: ignore[attr-defined]
        self._tell(self.tenant)
        return cursor

    def _tell(self, tenant: TenantRef) -> None:
        wanted = (tenant.schema, self.is_read_only)
        if self._applied == wanted:
            return
        # One round trip: a pipeline sends the statements at once.
        cursor = psycopg.ClientCursor(self.connection)
        role, schema = sql.Identifier(tenant.role), sql.Identifier(tenant.schema)
        mode = sql.SQL("on" if self.is_read_only else "off")
        with self.wrap_database_errors, self.connection.pipeline():
            cursor.execute(sql.SQL("SET ROLE {}").format(role))
            cursor.execute(sql.SQL("SET search_path TO {}, ext").format(schema))
            cursor.execute(sql.SQL("SET default_transaction_read_only TO {}").format(mode))
        self._applied = wanted
        self._seen |= {tenant.schema}

    def _set_autocommit(self, autocommit: bool) -> None:
        # Told before a transaction begins, no rollback undoes it: not one that a query asks for,
        # nor the server's own answer to the commit of a transaction in which an error was swallowed.
        if not autocommit and self.tenant:
            self._tell(self.tenant)
        super()._set_autocommit(autocommit)

    def check_constraints(self, table_names: Any = None) -> None:
        # Django's own asks for a cursor; deferred constraints are the transaction's, not a tenant's.
        with self.wrap_database_errors:
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self.connection.execute("SET CONSTRAINTS ALL DEFERRED")

    # A SET is transactional, so a rollback may have undone ours: forget what the server was told.
    def rollback(self) -> None:
        self._applied = None
        postgresql.DatabaseWrapper.rollback(self)

    def savepoint_rollback(self, sid: str) -> None:
        try:
            postgresql.DatabaseWrapper.savepoint_rollback(self, sid)
        finally:
            self._applied = None

    def close(self) -> None:
        self._applied = None
        self._seen = frozenset()
        postgresql.DatabaseWrapper.close(self)

    def set_schema_to_public(self) -> None:
        self._facts = {}
        self.tenant = None
        self.schema_name = None

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        raise ImproperlyConfigured("enter a tenant by kooperacja.tenancy.inside() alone")
