"""Schemas that lie beside the living ones: copies for looking, and what a restore put aside."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format
from psycopg import sql

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef, role_of
from tenants.backup import media
from tenants.backup.package import Package
from tenants.registry.models import Tenant
from tenants.registry.rules import Impossible
from tenants.schemas import provisioning
from tenants.schemas.owner import Connection, owner, run

COPY, ASIDE = "c_", "o_"
_BESIDE = """
    SELECT nspname::text, coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace
    WHERE nspname ~ '^[co]_[0-9]+_[0-9]+$' ORDER BY nspname
"""


@dataclass(frozen=True)
class Beside:
    """A schema that is no tenant's; read by its own role, by no page."""

    schema: str
    said: str

    @property
    def code(self) -> str:
        return self.schema.split("_")[1]


def label(kind: str, code: str) -> str:
    """A name that no other schema has, nor a role of another database of the server."""
    return f"{kind}{code}_{timezone.localtime():%Y%m%d%H%M%S%f}"


def describe(connection: Connection, schema: str, package: Package | None = None) -> None:
    """Note on the schema what an operator reads of it later."""
    moment = package.moment if package else timezone.now()
    when = date_format(timezone.localtime(moment), "Y-m-d H:i")
    text = f"kopia do wglądu, stan z {when}" if package else f"odłożone przy odtwarzaniu {when}"
    run(connection, "COMMENT ON SCHEMA {} IS {}", sql.Identifier(schema), sql.Literal(text))


def copies() -> list[Beside]:
    with owner() as connection:
        return [Beside(*row) for row in connection.execute(_BESIDE).fetchall()]


def ref_of(name: str) -> TenantRef:
    """The tenant as its copy shows it, for `inside`; nothing can be written there."""
    tenant = _tenant(_known(name))
    if tenant is None:
        raise Impossible(f"Jednostki {_known(name).code} tu nie ma; odtwórz ją najpierw.")
    return replace(tenant.ref, schema=name, role=role_of(name))


def drop_copy(*, by: Actor, name: str) -> None:
    """Remove a copy, or what was put aside, with its files and its role."""
    beside = _known(name)
    with owner() as connection:
        run(connection, "DROP SCHEMA {} CASCADE", sql.Identifier(name))
        provisioning.drop_role(connection, role_of(name))
    media.forget(name)
    if tenant := _tenant(beside):
        with inside(tenant.ref):
            record(by=by, verb="TENANT_COPY_DROPPED", data={"code": beside.code, "copy": name})


def _known(name: str) -> Beside:
    for beside in copies():
        if beside.schema == name:
            return beside
    raise Impossible(f"Nie ma kopii {name}; `kooperacja tenants copies` pokazuje, jakie są.")


def _tenant(beside: Beside) -> Tenant | None:
    return Tenant.objects.select_related("unit").filter(unit__code=beside.code).first()
