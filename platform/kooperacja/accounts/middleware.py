"""Ends sessions in time, and demands a second factor where a role does."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from kooperacja.accounts import factors, sessions
from kooperacja.accounts.models import Account
from kooperacja.tenancy.urls import root_route

Response = Callable[[HttpRequest], HttpResponse]

# What one needs in order to set up a factor, or to leave; and what the law says anybody may read.
WITHOUT_FACTOR = frozenset(
    {
        "accessibility",
        "guide",
        "guide_section",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "invitation",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
    }
)


class SessionLimitsMiddleware:
    """A view may say `idle_minutes` (less than the site's), or `is_passive`: its polling is no use
    of the session."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account):
            if sessions.BEGUN not in request.session:
                sessions.begin(request.session)
            if reason := sessions.reason_to_end(request.session, request.user):
                _end(request, reason)
        was_signed_in = isinstance(request.user, Account)
        response = self.get_response(request)
        if was_signed_in or isinstance(request.user, Account):
            _keep_nowhere(response)
        elif _is_led_to_sign_in(request, response) and _has_lost_session(request):
            messages.info(request, sessions.GONE)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        minutes = getattr(view, "idle_minutes", None)
        if minutes and sessions.is_idle(request.session, minutes):
            _end(request, sessions.IDLE)
            return None
        if not getattr(view, "is_passive", False):
            sessions.note_use(request.session)
        if _needs_no_factor(request, view) or not factors.is_missing(request):
            return None
        return factors.lead_to_setup(request)


def _needs_no_factor(request: HttpRequest, view: Callable[..., Any]) -> bool:
    if getattr(view, "is_public", False) or root_route(request).startswith(("api/", "health/")):
        return True
    match = request.resolver_match
    in_tenant = getattr(request, "tenant", None) is not None
    return not in_tenant and match is not None and match.url_name in WITHOUT_FACTOR


def _is_led_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """A page was asked for; of a form that was sent, `drafts.late` says more."""
    location = response.headers.get("HX-Redirect") or response.headers.get("Location") or ""
    return request.method == "GET" and location.partition("?")[0] == settings.LOGIN_URL


def _has_lost_session(request: HttpRequest) -> bool:
    """The browser names a session that was ended while it was away."""
    is_named = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    is_told = getattr(request, sessions.IS_OVER, False)
    return is_named and not is_told and request.session.session_key is None


def _keep_nowhere(response: HttpResponse) -> None:
    """The browser asks again also when one goes back: the next at this computer reads nothing."""
    said = response.headers.get("Cache-Control", "")
    if "public" not in said and "no-store" not in said:
        response.headers["Cache-Control"] = f"{said}, no-store".lstrip(", ")


def _end(request: HttpRequest, reason: str) -> None:
    logout(request)
    setattr(request, sessions.IS_OVER, True)
    messages.info(request, reason)
