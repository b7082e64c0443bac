"""Links across the planes: from a tenant's page to the shared plane and into a tenant."""

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from kooperacja.tenancy.context import urlconf_of
from kooperacja.tenancy.ref import TenantRef


def _reverse(name: str, prefix: str, urlconf: str, args: Any, kwargs: Any) -> str:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return reverse(name, urlconf=urlconf, args=args or None, kwargs=kwargs or None)
    finally:
        set_script_prefix(before)


def root_reverse(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page of the shared plane, from wherever one is."""
    return _reverse(name, "/", settings.ROOT_URLCONF, args, kwargs)


def tenant_reverse(tenant: TenantRef, name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page inside a tenant, from wherever one is."""
    return _reverse(name, tenant.prefix + "/", urlconf_of(tenant), args, kwargs)
