"""The plane of a model: its app is listed in exactly one."""

from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings

# Which plane's tables the owner is now making: a tenant's while its DDL is rendered.
migrating: ContextVar[str] = ContextVar("migrating", default="shared")


def _plane(app_label: str) -> str:
    name = apps.get_app_config(app_label).name
    return "default" if name in settings.TENANT_APPS else "shared"


class PlaneRouter:
    """Sends each model to its plane; answers every question, so no other router is asked."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _plane(model._meta.app_label)

    db_for_write = db_for_read

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        return _plane(obj1._meta.app_label) == _plane(obj2._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        # `owner` migrates the shared plane; tenants are made and migrated by the registry.
        return db == "owner" and _plane(app_label) == migrating.get()
