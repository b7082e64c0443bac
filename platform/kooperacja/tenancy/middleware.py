"""Mounts a tenant at its path, and lets nobody into it who holds no access there.

A request that only reads (anything but POST, PUT, PATCH and DELETE) can't write to any tenant.
"""

import re
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from kooperacja.tenancy.context import inside, reading, urlconf_of
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_route

_PAGE = re.compile(r"^/(gmina|powiat)/([a-z0-9-]+)(/.*)\Z", re.DOTALL)
_API = re.compile(r"^/api/v1/tenants/([0-9]{4}|[0-9]{6})/")
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

Response = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a tenant's page that anybody may open, such as its accessibility declaration."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def takes_leavers(view: Any) -> bool:
    """A page on which people who left read their own papers; no view is one unless it says so."""
    return getattr(view, "takes_leavers", False) is True


def directory() -> ModuleType:
    """The app that knows the tenants and who may enter them."""
    return import_module(settings.TENANT_DIRECTORY)


def _maintenance(request: HttpRequest, tenant: TenantRef) -> HttpResponse:
    response: HttpResponse = directory().maintenance(request, tenant)
    return response


class TenantMiddleware:
    """`/gmina/<slug>/…` and `/powiat/<slug>/…`: strips the prefix and enters the tenant."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = None  # type: ignore[attr-defined]
        with nullcontext() if request.method in _WRITES else reading():
            return self._mounted(request)

    def _mounted(self, request: HttpRequest) -> HttpResponse:
        if page := _PAGE.match(request.path_info):
            return self._page(request, *page.groups())
        if api := _API.match(request.path_info):
            return self._api(request, api[1])
        return self.get_response(request)

    def _page(self, request: HttpRequest, folder: str, slug: str, rest: str) -> HttpResponse:
        tenant: TenantRef | None = directory().find(slug)
        if tenant is None or tenant.prefix != f"/{folder}/{slug}":
            # Left unmounted, the root URLs know no such page and answer 404 as for any other.
            return self.get_response(request)
        if tenant.is_behind:
            return _maintenance(request, tenant)
        request.tenant = tenant  # type: ignore[attr-defined]
        request.urlconf = urlconf_of(tenant)
        request.path_info = rest
        with inside(tenant):
            return self.get_response(request)

    def _api(self, request: HttpRequest, code: str) -> HttpResponse:
        tenant: TenantRef | None = directory().find_by_code(code)
        if tenant is None:
            return self.get_response(request)
        if tenant.is_behind:
            return _maintenance(request, tenant)
        request.tenant = tenant  # type: ignore[attr-defined]
        # The API keeps the root's URLs; only the data it sees is the tenant's.
        request.urlconf = settings.ROOT_URLCONF
        with inside(tenant):
            return self.get_response(request)


class EntryMiddleware(MiddlewareMixin):
    """Denies by default: a page of a tenant needs an account that holds access there."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        tenant: TenantRef | None = request.tenant  # type: ignore[attr-defined]
        if tenant is None:
            return None
        if root_route(request).startswith("api/"):
            return None  # a token, checked by the API's own permission class
        if getattr(view, "is_public", False):
            if not tenant.is_open:
                raise Http404
            return None
        response: HttpResponse | None = directory().admit(
            request, takes_leavers=takes_leavers(view)
        )
        return response
