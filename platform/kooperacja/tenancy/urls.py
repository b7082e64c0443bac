"""Links across the planes: from a tenant's page to the shared plane."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse, set_script_prefix

from kooperacja.tenancy.ref import TenantRef


def root_route(request: HttpRequest) -> str:
    """The pattern that a page of the shared plane was found by; "" in a tenant, and before.

    For decisions about rights: a path can be bent by what stands in a request.
    """
    match = request.resolver_match
    is_root = getattr(request, "urlconf", None) in (None, settings.ROOT_URLCONF)
    return match.route if match is not None and is_root else ""


def tenant_reverse(tenant: TenantRef, name: str) -> str:
    """The path of a page that every unit has, from wherever one is."""
    before = get_script_prefix()
    set_script_prefix(f"{tenant.prefix}/")
    try:
        return reverse(name, urlconf=settings.TENANT_URLCONFS[tenant.kind])
    finally:
        set_script_prefix(before)


def root_reverse(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page of the shared plane, from wherever one is."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(
            name, urlconf=settings.ROOT_URLCONF, args=args or None, kwargs=kwargs or None
        )
    finally:
        set_script_prefix(before)
