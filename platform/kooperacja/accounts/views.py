"""Pages of one's own account: profile, security, sessions; and allauth's pages where ours differ."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
)
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from kooperacja.accounts import actions, codes, factors
from kooperacja.accounts.forms import ProfileForm
from kooperacja.accounts.models import Account
from kooperacja.accounts.rules import browser_of
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.urls import root_route
from kooperacja.ui import errors
from kooperacja.ui.errors import answer
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=_account(request))
    if form.is_valid():
        actions.rename(by=_account(request), full_name=form.cleaned_data["full_name"])
        messages.success(request, "Dane konta zostały zapisane.")
        return redirect("account_security")
    return render(request, "accounts/profile.html", {"form": form})


@login_required
def security(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    factors_of = Authenticator.objects.filter(user=account)
    types = set(factors_of.values_list("type", flat=True))
    context = {"account": account, "types": types, "has_factor": factors.has_factor(account)}
    return render(request, "accounts/security.html", context)


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    if request.method == "POST":
        ended = _end_chosen(request, account)
        messages.success(
            request, "Sesja została zakończona." if ended == 1 else "Sesje zakończono."
        )
        return redirect("usersessions_list")
    rows = UserSession.objects.purge_and_list(account)
    for row in rows:
        row.browser = browser_of(row.user_agent)
    rows.sort(key=lambda row: row.last_seen_at, reverse=True)
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


def _end_chosen(request: HttpRequest, account: Account) -> int:
    own = UserSession.objects.filter(user=account).exclude(session_key=request.session.session_key)
    given = request.POST.get("session", "")
    chosen = [get_object_or_404(own, pk=_number(given))] if given else list(own)
    for row in chosen:
        row.end()
    return len(chosen)


def _number(given: str) -> int:
    """The number of a session; 0, which none has, where the page did not send this."""
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Named by the root URLconf as handler429; allauth's limits come here."""
    return answer(
        request,
        Problem(
            "Za dużo prób w krótkim czasie",
            "Dla bezpieczeństwa kont liczba prób jest ograniczona. Odczekaj kilka minut "
            "i spróbuj ponownie.",
            status=429,
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old; one of signing in leads on, since in another tab it was done."""
    match = request.resolver_match
    if not root_route(request) or match is None or match.url_name not in _SIGNING_IN:
        return errors.csrf_failure(request, reason)
    back_to = get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL
    if isinstance(request.user, Account):
        messages.info(request, f"W innej karcie zalogowano już to konto: {request.user.email}.")
        return redirect(back_to)
    messages.info(request, "Formularz logowania stracił ważność. Zaloguj się jeszcze raz.")
    return redirect(factors.sign_in_url(request, back_to=back_to))


_SIGNING_IN = frozenset({"account_login", "mfa_authenticate", "mfa_login_webauthn"})


@login_required
@require_POST
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The codes as a file, for whoever has them on the screen: its page sends them back."""
    account = _account(request)
    kept = get_object_or_404(
        Authenticator, user=account, type=Authenticator.Type.RECOVERY_CODES
    ).wrap()
    unused = kept.get_unused_codes()
    if not unused or request.POST.getlist("code") != unused:
        return redirect("mfa_view_recovery_codes")
    lines = (
        "Kody zapasowe do Kooperacji",
        f"Konto: {account.email}",
        f"Pobrano: {pl_date(timezone.localdate())}",
        "",
        "Każdy kod działa jeden raz. Przenieś ten plik w bezpieczne miejsce, a stąd go usuń.",
        "",
        *unused,
    )
    name = file_name("Kody zapasowe", ".txt")
    text = "".join(f"{line}\r\n" for line in lines)
    return file_response(text, name=name, content_type="text/plain; charset=utf-8")


# --- allauth's pages, each with what it lacks for us ------------------------------------------


class _PasskeyPage:
    """Gives the template the browser's question as JSON, for a data attribute."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        for options in context.get("js_data", {}).values():
            context["passkey_options"] = json.dumps(options)
        return context


class _Authenticate(_PasskeyPage, AuthenticateView):  # type: ignore[misc]
    """The second step of signing in: a code or a key."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        own = Authenticator.objects.filter(user=self.stage.login.user)
        context["has_passkey"] = own.filter(type=Authenticator.Type.WEBAUTHN).exists()
        return context


class _ReauthenticateByPasskey(_PasskeyPage, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Step-up with a key."""


class _Factors(IndexView):  # type: ignore[misc]
    """The factors of an account, and how to add one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        account = _account(self.request)
        context["has_factor"] = factors.has_factor(account)
        context["is_demanded"] = directory().demands_second_factor(account.pk)
        context["return_to"] = self.request.session.get(factors.RETURN_TO, "")
        context["asked_for"] = self.request.session.get(factors.ASKED_FOR, {})
        return context


class _ActivateTOTP(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        totp = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        codes.spend(totp, form.secret, form.cleaned_data["code"])
        # The code just given was a proof; the recovery codes are shown next without another.
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class _AddPasskey(_PasskeyPage, AddWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        options = webauthn.begin_registration(self.request.user, passwordless=True)
        return context | {"passkey_options": json.dumps(options)}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return response


class _SignInByPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """allauth forgets where one was going."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = perform_passwordless_login(self.request, authenticator, login)
        return response


authenticate = _Authenticate.as_view()
reauthenticate_by_passkey = login_required(_ReauthenticateByPasskey.as_view())
index = login_required(_Factors.as_view())
activate_totp = _ActivateTOTP.as_view()
add_passkey = _AddPasskey.as_view()
sign_in_by_passkey = _SignInByPasskey.as_view()
