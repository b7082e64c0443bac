"""One's places of work, invitations, address and keys for programs, all under /konto/."""

from functools import partial
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.accounts import actions as account_actions
from kooperacja.accounts import tokens
from kooperacja.accounts.factors import actor_of, sign_in_url
from kooperacja.accounts.forms import AddressForm
from kooperacja.accounts.models import Account, ApiToken
from kooperacja.drafts.showing import forget_of, prepare
from kooperacja.inbox.models import InboxItem
from kooperacja.pages import ACTING, account_page, form_page, question, sent
from kooperacja.ui.conflict import already_saved
from kooperacja.ui.errors import answer
from kooperacja.ui.polish import quoted
from kooperacja.writes import AlreadySaved
from tenants.registry import invitations
from tenants.registry.forms import InvitationForm, TokenForm
from tenants.registry.models import Invitation
from tenants.registry.places import ended_of, held_by, parts_of, work_of
from tenants.registry.standing import Standing, standing_of, untaken_by
from tenants.registry.unusable import Unusable

OPEN_ITEMS = 50


def _account(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def _signed_in(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


@require_safe
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """ "Moje sprawy": what waits in all tenants, the inbox over all of them, and where one works."""
    account = _signed_in(request)
    context = {
        "parts": parts_of(request),
        "work": work_of(account),
        "items": InboxItem.objects.open_for(account)[:OPEN_ITEMS],
        "invited": _invited(account),
        "ended": ended_of(account),
    }
    return render(request, "registry/places.html", context)


def _invited(account: Account) -> list[tuple[invitations.Purpose, Standing]]:
    """Invitations that wait for the account; it is the mailed link alone that opens them."""
    now = timezone.now()
    untaken = untaken_by(account.email, now)
    return [(invitations.Purpose(one), standing_of(one, now)) for one in untaken]


# --- Invitations -----------------------------------------------------------------------------


@never_cache
@require_http_methods(ACTING)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation and its purpose; only a POST accepts, since mail scanners open links."""
    account = _account(request)
    try:
        invitation = invitations.read(token, account=account)
        if account is not None:
            return _confirm(request, invitation, account)
        if Account.objects.filter(email=invitation.email).exists():
            return _sign_in_first(request, invitation)
        return _join(request, invitation)
    except Unusable as problem:
        return answer(request, problem)


def _confirm(request: HttpRequest, invitation: Invitation, account: Account) -> HttpResponse:
    purpose = invitations.Purpose(invitation)
    if request.method == "POST":
        invitations.accept(invitation=invitation, account=account, keep=request.session)
        messages.success(request, f"Przyjęto zaproszenie. {purpose.place}: {purpose.role}.")
        return redirect(purpose.home)
    return render(request, "registry/invitation_confirm.html", {"purpose": purpose})


def _sign_in_first(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    url = sign_in_url(request, back_to=request.path)
    if request.method == "POST":
        return redirect(url)
    context = {"purpose": invitations.Purpose(invitation), "sign_in": url}
    return render(request, "registry/invitation_sign_in.html", context)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = InvitationForm(
        request.POST or None, email=invitation.email, initial={"full_name": invitation.full_name}
    )
    purpose = invitations.Purpose(invitation)
    if not form.is_valid():
        context = {"form": form, "purpose": purpose}
        return render(request, "registry/invitation_join.html", context)
    account = invitations.accept_as_new(
        invitation=invitation,
        full_name=form.cleaned_data["full_name"],
        password=form.cleaned_data["password1"],
    )
    login = Login(user=account, email=account.email, redirect_url=purpose.home)
    response: HttpResponse = perform_password_login(request, {"email": account.email}, login)
    return response


# --- The address by which one signs in -------------------------------------------------------


@account_page(again=True, act="zmiana adresu e-mail konta")
def address(request: HttpRequest) -> HttpResponse:
    """Another address is asked for; it changes when whoever reads it confirms that."""
    return form_page(
        request,
        AddressForm(**sent(request)),
        partial(account_actions.ask_for_address, by=actor_of(request)),
        said="Wysłaliśmy odnośnik na podany adres, jeśli jest wolny.",
        to="account_security",
        template="accounts/address.html",
        account=_signed_in(request),
    )


def _asked_for(account: Account, token: str) -> tuple[str, str]:
    """The token of a link that is still good, and the address that it confirms."""
    return token, account_actions.address_of(by=account, token=token)


@account_page(_asked_for, again=True, act="potwierdzenie nowego adresu e-mail konta")
def address_confirm(request: HttpRequest, asked: tuple[str, str]) -> HttpResponse:
    token, after = asked
    change = partial(account_actions.change_address, token=token, keep=request.session)
    return question(
        request,
        forms.Form(**sent(request)),
        partial(change, by=actor_of(request)),
        said=f"Od teraz logujesz się adresem {after}.",
        to="account_security",
        crumbs=[("Bezpieczeństwo", "account_security"), ("Adres e-mail", "account_address")],
        question="Zmienić adres konta?",
        consequence=f"Zamiast adresem {_signed_in(request).email} będziesz się logować adresem "
        f"{after}. Inne sesje zakończymy, a poprzedni adres dostanie o tym wiadomość.",
        undo="Adres można potem zmienić jeszcze raz w ten sam sposób.",
        button="Zmień adres",
        danger=False,
    )


# --- Keys for programs -----------------------------------------------------------------------


@require_safe
@login_required
def api_tokens(request: HttpRequest) -> HttpResponse:
    account = _signed_in(request)
    names = {row.tenant_id: row.tenant.ref.name for row in held_by(account) if row.tenant}
    rows = [
        (token, names.get(token.tenant_id, ""))
        for token in ApiToken.objects.filter(account=account)
    ]
    return render(request, "registry/api_tokens.html", {"tokens": rows})


@never_cache
@account_page(again=True, act="utworzenie klucza API")
def api_token_new(request: HttpRequest) -> HttpResponse:
    """The text of a new key is in this one answer and nowhere else."""
    form = TokenForm(request.POST or None, access=held_by(_signed_in(request)))
    if not form.is_valid():
        prepare(request, form)
        return render(request, "registry/api_token_new.html", {"form": form})
    try:
        token, text = tokens.issue(by=actor_of(request), **form.issued())
    except AlreadySaved:  # the page was loaded anew
        forget_of(request, form)
        return already_saved(request, "api_tokens")
    forget_of(request, form)
    return render(request, "registry/api_token_made.html", {"token": token, "text": text})


def _own_key(account: Account, token_id: UUID) -> ApiToken:
    return get_object_or_404(ApiToken, pk=token_id, account=account)


@account_page(_own_key, again=True, act="unieważnienie klucza API")
def api_token_revoke(request: HttpRequest, token: ApiToken) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(tokens.revoke, by=actor_of(request), token=token),
        said="Klucz został unieważniony.",
        to="api_tokens",
        crumbs=[("Klucze API", "api_tokens")],
        question=f"Unieważnić klucz {quoted(token.name)}?",
        consequence="Program, który go używa, natychmiast straci dostęp.",
        undo="Tego nie można cofnąć; można utworzyć nowy klucz.",
        button="Unieważnij klucz",
    )
