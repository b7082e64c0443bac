"""What a key opens: the region's numbers, or one tenant in which its owner holds access."""

from typing import Any

from django.http import Http404
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from kooperacja.accounts.models import ApiToken, TokenScope
from kooperacja.tenancy.ref import TenantRef
from tenants.people.identity import identify_program
from tenants.registry.models import Access
from tenants.registry.perms import held_in_region
from tenants.registry.workflow import TenantStatus

_READ = frozenset({TokenScope.TENANT_READ, TokenScope.TENANT_WRITE})
_WRITE = frozenset({TokenScope.TENANT_WRITE})


class RegionReader(BasePermission):
    """A key of the region, of somebody who is still a coordinator of the ROPS."""

    message = "Ten klucz nie obejmuje danych województwa."

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken) or token.scope != TokenScope.REGION_READ:
            return False
        return held_in_region(token.account_id).exists()


class TenantMember(BasePermission):
    """A key of this very tenant, of somebody who still holds access there, while it is open."""

    message = "Ten klucz nie obejmuje danych tej jednostki albo jednostka jest zawieszona."

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return False
        tenant: TenantRef | None = request._request.tenant  # type: ignore[attr-defined]
        if tenant is None:
            raise Http404
        scopes = _READ if request.method in SAFE_METHODS else _WRITE
        if token.tenant_id != tenant.id or token.scope not in scopes:
            return False
        access = tuple(
            Access.objects.filter(
                account=token.account,
                tenant_id=tenant.id,
                tenant__status=TenantStatus.ACTIVE,
                ended_at=None,
            )
        )
        if not access:
            return False
        program: Any = request._request
        program.access = access
        program.person, program.actor = identify_program(program)
        return True
