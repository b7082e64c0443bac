"""Who a program is: a key in the Authorization header, and nothing else (no sessions)."""

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from kooperacja.accounts import tokens
from kooperacja.accounts.models import Account, ApiToken

REFUSED = "Klucz jest nieprawidłowy, wygasł albo został unieważniony."


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer koop_…`"""

    def authenticate(self, request: Request) -> tuple[Account, ApiToken] | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        found = tokens.find(text) if scheme.lower() == "bearer" else None
        if found is None:
            raise AuthenticationFailed(REFUSED)
        request._request.account = found.account  # type: ignore[attr-defined]
        return found.account, found

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="kooperacja"'
