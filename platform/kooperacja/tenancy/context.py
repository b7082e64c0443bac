"""Being inside a tenant: its database role, its URLs and its name go together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from django.db import connections
from django.urls import get_script_prefix, set_script_prefix, set_urlconf
from django.urls.base import get_urlconf

from kooperacja.tenancy.errors import OutsideTenant
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.tenant_plane.base import DatabaseWrapper


def _wrapper() -> DatabaseWrapper:
    return cast(DatabaseWrapper, connections["default"])


def current_tenant_or_none() -> TenantRef | None:
    return _wrapper().tenant


def current_tenant() -> TenantRef:
    """The tenant whose data the code now works on; raises OutsideTenant."""
    if (tenant := _wrapper().tenant) is None:
        raise OutsideTenant("no tenant was entered")
    return tenant


def facts_known() -> dict[Any, Any] | None:
    """Answers of this tenant known since nothing can be written to it; None while something can."""
    return _wrapper().facts


def urlconf_of(tenant: TenantRef) -> str:
    return str(settings.TENANT_URLCONFS[tenant.kind])


@contextmanager
def inside(tenant: TenantRef) -> Iterator[TenantRef]:
    """Enter a tenant in a request, task or command; refuses a switch inside a transaction."""
    wrapper = _wrapper()
    before, urlconf, prefix = wrapper.tenant, get_urlconf(), get_script_prefix()
    wrapper.enter(tenant)
    set_urlconf(urlconf_of(tenant))
    set_script_prefix(tenant.prefix + "/")
    try:
        yield tenant
    finally:
        set_script_prefix(prefix)
        set_urlconf(urlconf)
        wrapper.enter(before)


@contextmanager
def reading() -> Iterator[None]:
    """Let the database refuse every write to tenants; tasks and commands are free to write."""
    with _read_only(True):
        yield


@contextmanager
def writing() -> Iterator[None]:
    """Let a page that only reads write after all, such as the entry that it was read.

    A decorator too, for a view that says of itself that a GET writes.
    """
    with _read_only(False):
        yield


@contextmanager
def _read_only(is_on: bool) -> Iterator[None]:
    wrapper = _wrapper()
    before = wrapper.is_read_only
    wrapper.read_only(is_on)
    try:
        yield
    finally:
        wrapper.read_only(before)
