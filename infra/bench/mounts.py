"""What the sites we compare with would have anyway: whose page it is, and by whom it is asked for."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix
from django.utils.module_loading import import_string

from kooperacja.tenancy.request import Admission

Response = Callable[[HttpRequest], HttpResponse]


class _Mount:
    """Roles are remembered, so that the same page is drawn without asking for them."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response
        self.access: dict[str, tuple[Any, ...]] = {}

    def mount(self, request: HttpRequest, tenant: Any) -> HttpResponse:
        made: Any = request
        made.tenant = tenant
        made.urlconf = settings.TENANT_URLCONFS[tenant.kind]
        made.path_info = request.path.removeprefix(tenant.prefix)
        made.account, made.access = request.user, self.access_of(tenant)
        set_script_prefix(tenant.prefix + "/")
        made.admission, made.leaver = Admission.HOLDER, None
        made.person, made.actor = import_string(settings.TENANT_PERSON)(made)
        return self.get_response(request)

    def access_of(self, tenant: Any) -> tuple[Any, ...]:
        from tenants.registry.models import Access

        if tenant.code not in self.access:
            of_bench = Access.objects.filter(tenant=tenant.id, granted_by="bench")
            self.access[tenant.code] = tuple(of_bench)
        return self.access[tenant.code]


class PlainMount(_Mount):
    """One tenant, known by its address."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from django.db import connection

        from tenants.registry import directory

        tenant = directory.find(request.path.split("/")[2])
        connection.tenant = tenant  # type: ignore[attr-defined]
        return self.mount(request, tenant)


class StockMount(_Mount):
    """Many tenants; its own middleware has already entered the one of this host name."""

    known: dict[str, Any] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from tenants.registry.models import Tenant

        code = request.tenant.code  # type: ignore[attr-defined]
        if code not in self.known:
            self.known[code] = Tenant.objects.select_related("unit").get(unit__code=code).ref
        return self.mount(request, self.known[code])
