"""The second factor: an account has one, must have one, or has just shown it (security.md)."""

import time
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kooperacja.accounts import sessions
from kooperacja.accounts.models import Account
from kooperacja.accounts.rules import is_local_path
from kooperacja.audit.actor import Actor, actor
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.errors import is_htmx

RETURN_TO = "factor_return_to"
ASKED_FOR = "factor_asked_for"  # the deed that waits for a first factor, and the page it was on
PROOF_MINUTES = 10
_STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Lacking(Exception):
    """A role demands a second factor, and the account has none."""


def has_factor(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account, type__in=_STRONG).exists())


def is_missing(request: HttpRequest) -> bool:
    """The account must set up a factor first; asked of the database once a session."""
    if request.session.get(sessions.FACTOR):
        return False
    if _note_factor(request):
        return False
    if directory().demands_second_factor(request.user.pk):
        return True
    request.session[sessions.FACTOR] = "NOT_DEMANDED"
    return False


def lacks_demanded(request: HttpRequest) -> bool:
    """The same where a role that demands a factor is already known, whatever was noted before."""
    return request.session.get(sessions.FACTOR) != "HAS" and not _note_factor(request)


def _note_factor(request: HttpRequest) -> bool:
    assert isinstance(request.user, Account)
    if not has_factor(request.user):
        return False
    request.session[sessions.FACTOR] = "HAS"
    return True


def lead_to_setup(request: HttpRequest) -> HttpResponse:
    """To the page where a factor is set up, and from there back here."""
    if request.method == "GET" and not is_htmx(request):
        request.session[RETURN_TO] = request.get_full_path()
        request.session.pop(ASKED_FOR, None)
    return go(request, root_reverse("mfa_index"))


def was_shown(request: HttpRequest, *, minutes: int) -> bool:
    """This session proved a second factor within so many minutes."""
    since = time.time() - minutes * 60
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record["at"] >= since for record in records)


def has_proof(request: HttpRequest) -> bool:
    """The session has just shown a second factor, so it may give and end rights."""
    return was_shown(request, minutes=PROOF_MINUTES)


def actor_of(request: HttpRequest) -> Actor:
    """Whoever changes what is their account's own, or the region's."""
    return actor(request, has_proof=has_proof(request))


def has_signed_in(request: HttpRequest, *, minutes: int) -> bool:
    """This session proved anything at all within so many minutes."""
    since = time.time() - minutes * 60
    return any(r["at"] >= since for r in get_authentication_records(request, request.user))


def step_up(
    request: HttpRequest, *, back_to: str = "", act: str = "", back: str = "", said: str = ""
) -> HttpResponse | None:
    """The way to show a second factor and back, for an account that has not just shown it.

    Who has none yet reads for which `act` it is wanted, and may go `back` instead; who has one
    reads what is `said`.
    For a view that first asks whether one may do the thing at all. allauth's own
    `reauthentication_required` is content with a password, and with nothing at all where an
    account signs in elsewhere.
    """
    if has_proof(request):
        return None
    types = set(
        Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    )
    if not types & set(_STRONG):
        if request.method != "GET":
            messages.info(request, "Ustaw drugi składnik, a potem wyślij formularz jeszcze raz.")
        request.session[RETURN_TO] = back_to or page_of(request)
        request.session[ASKED_FOR] = {"act": act, "back": back or _page_before(request)}
        return go(request, root_reverse("mfa_index"))
    if said:
        messages.info(request, said)
    if request.method != "GET":
        messages.info(request, "Potwierdź swoją tożsamość, a potem wyślij formularz jeszcze raz.")
    name = "mfa_reauthenticate"
    if Authenticator.Type.TOTP not in types:
        name = "mfa_reauthenticate_webauthn"
    query = urlencode({"next": back_to or page_of(request)})
    return go(request, f"{root_reverse(name)}?{query}")


def page_of(request: HttpRequest) -> str:
    """The page to come back to: this one, or for a form that was sent, the one it stood on."""
    if request.method == "GET" and not is_htmx(request):
        return request.get_full_path()
    return _page_before(request)


def _page_before(request: HttpRequest) -> str:
    """The page of ours on which the link or the form stood; else where one works."""
    given = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(given)
    except ValueError:  # not even an address
        return root_reverse("places")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    is_ours = parts.netloc == request.get_host() and is_local_path(path)
    return path if is_ours else root_reverse("places")


def sign_in_url(request: HttpRequest, back_to: str = "") -> str:
    return f"{root_reverse('account_login')}?{urlencode({'next': back_to or page_of(request)})}"


def go(request: HttpRequest, url: str, *, status: int = 403) -> HttpResponse:
    """A redirect; htmx would swap the target's page into a fragment, so it is told by a header."""
    if is_htmx(request):
        return HttpResponse(status=status, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
