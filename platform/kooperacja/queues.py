"""Queues of tasks: a tenant's tasks wait in one of a few, so that its flood delays few.

A worker takes from its queues in turn. `python -m kooperacja.queues` prints those of a worker,
for its option -Q.
"""

import os
from typing import Any
from uuid import UUID

from django.conf import settings

SHARED = "celery"


def of_tenant(tenant_id: UUID) -> str:
    """Always the same for a tenant, as long as TENANT_SHARDS stays."""
    return f"tenants.{tenant_id.int % settings.TENANT_SHARDS}"


def names() -> list[str]:
    """Every queue but that of opening tenants, which needs the owner."""
    return [SHARED, *(f"tenants.{number}" for number in range(settings.TENANT_SHARDS))]


def route(name: str, args: Any, kwargs: Any, options: Any, **_: Any) -> dict[str, str]:
    """A task of one tenant names it as its first argument; all others are the shared plane's."""
    try:
        return {"queue": of_tenant(UUID(args[0]))}
    except (AttributeError, IndexError, TypeError, ValueError):
        return {"queue": SHARED}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")
    print(",".join(names()))  # noqa: T201
