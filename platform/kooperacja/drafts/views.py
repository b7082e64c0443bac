"""Keeping a draft as it is typed, putting one away, and a form whose CSRF token was lost."""

from time import monotonic
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix
from django.utils import timezone
from django.views.decorators.http import require_POST

from kooperacja.accounts import factors, views
from kooperacja.accounts.models import Account
from kooperacja.accounts.pace import Pace
from kooperacja.drafts import keeping, late, slips
from kooperacja.drafts.owners import may_open
from kooperacja.drafts.rules import MOST_BYTES, TooLong
from kooperacja.drafts.slips import Slip

_pace = Pace("DRAFTS_AT_ONCE", 1.0)

_TOO_LONG = f"Szkicu nie zapisaliśmy: tekst ma ponad {MOST_BYTES // 1024} KB. Zapisz formularz."
_TOO_OFTEN = "Szkicu nie zapisaliśmy: za dużo zmian w krótkim czasie. Zapisz formularz."
_CLOSED = "Szkicu nie zapisaliśmy: nie masz już dostępu do tej strony."


@require_POST
@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed in a form, and answer with a sentence for whoever types.

    It acts on nothing: the page itself is only asked whether its reader may open it now.
    """
    slip = _own_slip(request)
    if slip is None or not may_open(_reader(request), slip.path):
        return late.said(_CLOSED, status=403)
    assert isinstance(request.user, Account)
    if not _pace.may(request.user.pk, monotonic()):
        return late.said(_TOO_OFTEN, status=429)
    try:
        draft = keeping.keep(slip, request.POST)
    except TooLong:
        return late.said(_TOO_LONG, status=413)
    return late.said(f"Zapisano szkic o {timezone.localtime(draft.saved_at):%H:%M}.")


@require_POST
@login_required
def forget(request: HttpRequest) -> HttpResponse:
    """Put a draft away and show the page without it."""
    slip = _own_slip(request)
    if slip is None:
        return redirect(get_script_prefix())
    keeping.forget(slip)
    messages.success(request, "Szkic usunięto.")
    return redirect(_address(slip))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep the form where its slip is ours, and lead back to it; else say that it is lost."""
    slip = slips.read(request)
    if slip is None or slip.path != slips.path_of(request) or not late.keep_late(request, slip):
        return views.csrf_failure(request, reason)
    if isinstance(request.user, Account):
        messages.info(request, "Formularz stracił ważność. Sprawdź go i wyślij jeszcze raz.")
        return factors.go(request, _address(slip))
    messages.info(request, f"{late.ENDED} {late.KEPT}")
    return factors.go(request, factors.sign_in_url(request, back_to=_address(slip)), status=401)


def _own_slip(request: HttpRequest) -> Slip | None:
    slip = slips.read(request)
    return slip if slip is not None and slip.account_id == request.user.pk else None


def _reader(request: HttpRequest) -> object:
    return getattr(request, "person", None) or request.user


def _address(slip: Slip) -> str:
    """The page of a slip; nothing but its path and query, since a redirect goes there."""
    parts = urlsplit(slip.path)
    path = get_script_prefix() + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path
