"""The tenants' migrations of this release, and the versions of a schema that it can work on."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from tenants.registry.models import SchemaVersion

# What this process knows of versions; rows of theirs never change.
_behind: dict[str, bool] = {}


def tenant_labels() -> set[str]:
    """The apps whose tables each tenant has."""
    return {
        config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS
    }


@cache
def migrations() -> tuple[tuple[str, str], ...]:
    """The migrations of tenants in this release; read from its files, without a database."""
    labels = tenant_labels()
    return tuple(sorted(key for key in MigrationLoader(None).graph.nodes if key[0] in labels))


def is_behind(digest: str) -> bool:
    """A schema of this version lacks a migration that this release's code relies on.

    A schema that is ahead does not: migrations only expand until the former release is gone.
    """
    if digest not in _behind:
        version = SchemaVersion.objects.filter(digest=digest).first()
        if version is None:
            return True
        _behind[digest] = not _fits(version)
    return _behind[digest]


def fitting() -> set[str]:
    """The versions on which this release can work."""
    return {
        version.digest for version in SchemaVersion.objects.defer("statements") if _fits(version)
    }


def forget() -> None:
    """After a change of the release's migrations in this process, as tests make it."""
    migrations.cache_clear()
    _behind.clear()


def _fits(version: SchemaVersion) -> bool:
    return set(migrations()) <= {(app, name) for app, name in version.migrations}
