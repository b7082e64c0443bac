"""The number of tenants that a connection may visit: its backend remembers every table it saw."""

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model, UniqueConstraint

# Measured: 185 MB over 351 tenants of 78 tables and indexes; of a connection as much as this.
RELATION_KB, BACKEND_MB = 7, 200


def tenants_a_connection() -> int:
    """The number in the settings, or as many as fit into the memory of a backend."""
    return settings.TENANTS_PER_CONNECTION or _fitting()


@cache
def _fitting() -> int:
    models = [
        model
        for config in apps.get_app_configs()
        if config.name in settings.TENANT_APPS
        for model in config.get_models(include_auto_created=True)
    ]
    return max(1, BACKEND_MB * 1024 // (RELATION_KB * sum(map(_relations, models))))


def _relations(model: type[Model]) -> int:
    """Its table, and the indexes that the database keeps for it."""
    indexes = len(model._meta.indexes)
    indexes += sum(
        isinstance(constraint, UniqueConstraint) for constraint in model._meta.constraints
    )
    fields: list[Any] = list(model._meta.local_fields)
    for field in fields:
        if field.unique or field.db_index:
            indexes += 2 if isinstance(field, CharField) else 1  # one more for LIKE
    return 1 + indexes
