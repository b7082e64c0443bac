"""A task of one tenant names it as its first argument and runs inside it."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from kooperacja.celery import app
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory


def tenant_task(function: Callable[..., None]) -> Any:
    """Make a Celery task of `function(…)`, called as `task.delay(str(tenant.id), …)`.

    A tenant that is not open, or not migrated yet, is left alone: its work stays in its outbox.
    """

    @app.task(name=f"{function.__module__}.{function.__name__}")
    @functools.wraps(function)
    def run(tenant_id: str, *args: Any, **kwargs: Any) -> None:
        tenant = directory().find_by_id(UUID(tenant_id))
        if tenant is None or not tenant.is_open or tenant.is_behind:
            return
        with inside(tenant):
            function(*args, **kwargs)

    return run
