"""The work of this thread: read by logs and error reports, never by the domain."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_work: ContextVar[str] = ContextVar("work", default="")


@contextmanager
def working_on(request_id: str, request: HttpRequest | None = None) -> Iterator[None]:
    """Everything logged inside bears this id: of a request, or of a task."""
    work, asked = _work.set(request_id), _request.set(request)
    try:
        yield
    finally:
        _request.reset(asked)
        _work.reset(work)


def current_request_id() -> str:
    return _work.get()


def circumstances() -> dict[str, str]:
    """Ids only, and without asking the database for any of them."""
    ids = {"request": _work.get(), "tenant": "", "actor": ""}
    request = _request.get()
    if request is not None:
        tenant = getattr(request, "tenant", None)
        ids["tenant"] = tenant.code if tenant else ""
        # Set by Django once somebody asked who it is.
        ids["actor"] = str(getattr(getattr(request, "_cached_user", None), "pk", None) or "")
    elif settings.configured:
        # The context of a tenant logs through this module.
        from kooperacja.tenancy.context import current_tenant_or_none

        entered = current_tenant_or_none()
        ids["tenant"] = entered.code if entered else ""
    return {name: value for name, value in ids.items() if value}
