"""Services are confirmed without an account, by the link of a mail (REG §3.5.a)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.audit.actor import Actor
from kooperacja.ops.context import current_request_id
from kooperacja.pages import ACTING, form_page, sent
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from tenants.baskets.actions import checking
from tenants.baskets.forms.checking import LinkAnswerForm
from tenants.baskets.links import link_of, opened
from tenants.baskets.models.answers import CheckLink
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.said import described, said_in
from tenants.baskets.standing import answerable_on
from tenants.baskets.told import reads
from tenants.baskets.workflow import UPDATING

_OPENED, _MOST = "baskets_links", 20


@public
@never_cache
@require_safe
def enter(request: TenantRequest, token: str) -> HttpResponse:
    """Remember the link for this browser and lead to a page whose address tells nothing of it."""
    link = link_of(token)
    if link is None:
        raise checking.no_such_link()
    before = list(request.session.get(_OPENED, {}).items())[-_MOST:]
    request.session[_OPENED] = {**dict(before), str(link.check_round_id): str(link.pk)}
    return redirect("baskets:check_by_link", link.check_round_id)


@public
@never_cache
@require_http_methods(ACTING)
def answer(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Looking at it changes nothing, since programs open links of mails too: the deed is a POST."""
    link = _opened_here(request, pk)
    check, today = link.check_round, timezone.localdate()
    due = list(answerable_on(today).filter(card=check.card).order_by("name", "pk"))
    if not due and request.method != "POST":
        return render(request, "baskets/check_answered.html", _answered(check))
    form = LinkAnswerForm(
        **sent(request), due=due, described=described(due, today), is_shared=not link.name
    )
    return form_page(
        request,
        form,
        partial(_act, link),
        ready=partial(_require_due, due, check),
        said="Dziękujemy, odpowiedzi są zapisane.",
        to=request.path,
        back="",
        title="Czy opisy usług są prawdziwe?",
        eyebrow=check.card.owner,
        lead=f"Przeczytaj każdy opis i wybierz odpowiedź ({UPDATING}).",
        submit="Zapisz odpowiedzi",
    )


def _opened_here(request: TenantRequest, check_id: UUID) -> CheckLink:
    """The link that this browser opened, as long as it opens anything."""
    known = request.session.get(_OPENED, {}).get(str(check_id))
    link = opened(UUID(known)) if known else None
    if link is None or not reads(link, link.check_round.card):
        raise checking.no_such_link()
    return link


def _act(link: CheckLink, *, who: str, **answered: Any) -> CardCheck:
    by = Actor(
        account_id=None,
        name=f"{who or link.name}, odnośnik z wiadomości"[:200],
        request_id=current_request_id(),
    )
    return checking.answer_by_link(by=by, link_id=link.pk, **answered)


def _require_due(due: list[Service], check: CardCheck) -> None:
    if not due:
        raise checking.answered_before(check.card, check)


def _answered(check: CardCheck) -> dict[str, Any]:
    return {"card": check.card, "told": [words for _, words in said_in(check.card, check)]}
