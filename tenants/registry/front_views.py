"""The front door of the site, and its first run: the page on which the region is founded."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.audit.actor import Actor
from kooperacja.ops.context import current_request_id
from kooperacja.pages import ACTING, form_page, sent
from tenants.registry import founding
from tenants.registry.forms import FirstRunForm
from tenants.registry.models import Invitation

_INVITED = "first_run_invitation"


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Leads to one's places of work or to the sign-in; says what to do before there is a region."""
    if founding.is_waiting():
        return render(request, "registry/not_founded.html")
    return redirect("places" if request.user.is_authenticated else "account_login")


@never_cache
@require_http_methods(ACTING)
def first_run(request: HttpRequest, token: str) -> HttpResponse:
    """Founds the region, once; its link is the proof of whoever runs the server."""
    founding.require_token(token)
    form = FirstRunForm(**sent(request))
    return form_page(
        request,
        form,
        partial(_found, request, token),
        said="",
        to="first_run_done",
        title="Pierwsze uruchomienie",
        lead="Załóż województwo i zaproś pierwszego koordynatora ROPS. Ta strona działa jeden raz.",
        submit="Załóż województwo i wyślij zaproszenie",
        back="",
    )


def _found(request: HttpRequest, token: str, **asked: str) -> founding.Founded:
    by = Actor(account_id=None, name="administrator serwera", request_id=current_request_id())
    founded = founding.found_by_token(by=by, token=token, **asked)
    assert founded.invitation is not None
    request.session[_INVITED] = str(founded.invitation.pk)
    return founded


@never_cache
@require_safe
def first_run_done(request: HttpRequest) -> HttpResponse:
    """Says to whoever has just founded the region where the invitation went."""
    if (key := request.session.get(_INVITED)) is None:
        return redirect("front_door")
    invitation = Invitation.objects.get(pk=key)
    return render(request, "registry/first_run_done.html", {"invitation": invitation})
