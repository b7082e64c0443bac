"""Keys of programs: their owner, their reach, their limit.

A key opens the region's numbers, or one tenant in which its owner holds access; no session does.
"""

import time
from typing import Any

from django.http import Http404
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from kooperacja.accounts import factors, limits, tokens
from kooperacja.accounts.models import Account, ApiToken, TokenScope
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.people.identity import identify_program
from tenants.people.models import holds
from tenants.registry.models import Access
from tenants.registry.perms import held_in_region
from tenants.registry.roles import MFA_ROLES
from tenants.registry.workflow import TenantStatus

REFUSED = "Klucz jest nieprawidłowy, wygasł albo został unieważniony."
WITHOUT_FACTOR = (
    "Rola właściciela tego klucza wymaga drugiego składnika logowania, a na jego koncie nie ma "
    "żadnego. Klucz zadziała, gdy właściciel ustawi go na stronie „Bezpieczeństwo konta”."
)
REQUESTS_A_MINUTE = 600
_READ = frozenset({TokenScope.TENANT_READ, TokenScope.TENANT_WRITE})
_WRITE = frozenset({TokenScope.TENANT_WRITE})


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer koop_…`"""

    def authenticate(self, request: Request) -> tuple[Account, ApiToken] | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        token = tokens.find(text) if scheme.lower() == "bearer" else None
        if token is None:
            raise AuthenticationFailed(REFUSED)
        request._request.account = token.account  # type: ignore[attr-defined]
        return token.account, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="kooperacja"'


class RegionReader(BasePermission):
    """A key of the region, of somebody who is still a coordinator of the ROPS."""

    message = "Ten klucz nie obejmuje danych województwa."

    def has_permission(self, request: Request, view: Any) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken) or token.scope != TokenScope.REGION_READ:
            return False
        if not held_in_region(token.account_id).exists():
            return False
        _require_factor(token.account)
        return True


class TenantMember(BasePermission):
    """A key of this very tenant, of somebody who still holds access there, while it is open."""

    message = "Ten klucz nie obejmuje danych tej jednostki albo jednostka jest zawieszona."

    def has_permission(self, request: Request, view: Any) -> bool:
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
        program.person, program.actor = person, _ = identify_program(program)
        roles = {row.role for row in access}
        if roles & MFA_ROLES or holds(person, MFA_ROLES):
            _require_factor(token.account)
        return True


def _require_factor(account: Account) -> None:
    """A role that one may not use without a second factor is not used by a key either."""
    if not factors.has_factor(account):
        raise Refused("Ten klucz jest teraz zamknięty", WITHOUT_FACTOR)


class TokenThrottle(BaseThrottle):
    """So many requests a key in each minute of the clock; counted in the database."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.auth is None:
            return True
        requests = limits.count(f"api:{request.auth.pk}", until=time.time() + self.wait())
        return requests <= REQUESTS_A_MINUTE

    def wait(self) -> float:
        return 60 - time.time() % 60
