"""The rows of the shared plane that are a tenant's: its accesses, invitations, keys, figures."""

from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model
from psycopg import sql

from tenants.backup.copying import copy_out, tables_in
from tenants.backup.package import Writer
from tenants.registry.models import Tenant
from tenants.schemas.owner import Connection

FOLDER = "shared"
TENANT = Tenant._meta.db_table
ACCOUNT = get_user_model()._meta.db_table
# Of a person only who they are: never a password, a second factor or a session.
_ACCOUNT_COLUMNS = ["id", "email", "full_name"]
# Keys of programs belong to an account, not to the tenant they read. Keys of families have a
# backup of their own, which is soon forgotten.
_LEFT_OUT = frozenset({"accounts_apitoken", "crypto_familykey"})


def models_of_tenants() -> list[type[Model]]:
    """Models of the shared plane whose rows belong to a tenant."""
    return [
        model
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name in settings.SHARED_APPS
        and any(field.column == "tenant_id" for field in model._meta.concrete_fields)
        and model._meta.db_table not in _LEFT_OUT
    ]


def account_columns(model: type[Model]) -> list[str]:
    """The columns that name an account."""
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.related_model is get_user_model()
    ]


def write(connection: Connection, writer: Writer, tenant_id: UUID) -> None:
    """A tenant's rows of the shared plane, and the accounts they speak of."""
    known = {table.name: table for table in tables_in(connection, "public")}
    own = sql.SQL("tenant_id = {}").format(sql.Literal(tenant_id))
    people = []
    for model in models_of_tenants():
        table = known[model._meta.db_table]
        copy_out(connection, writer, FOLDER, table, where=own)
        people += [
            sql.SQL("SELECT {} FROM {} WHERE {}").format(
                sql.Identifier(column), table.identifier, own
            )
            for column in account_columns(model)
        ]
    itself = sql.SQL("id = {}").format(sql.Literal(tenant_id))
    copy_out(connection, writer, FOLDER, known[TENANT], where=itself)
    spoken_of = sql.SQL("id IN ({})").format(sql.SQL(" UNION ").join(people))
    copy_out(connection, writer, FOLDER, known[ACCOUNT], columns=_ACCOUNT_COLUMNS, where=spoken_of)
