"""Permission to open the region's screens and figures."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kooperacja.accounts import factors
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.pages import ACTING, READING, asked_again, opened_by
from kooperacja.ui.errors import answer
from kooperacja.ui.problems import Problem
from tenants.registry.models import Access
from tenants.registry.roles import Role

View = Callable[..., HttpResponse]


class RegionRequest(HttpRequest):
    """A request to a page of the region, whose caller was admitted."""

    account: Account
    access: tuple[Access, ...]
    actor: Actor


def held_in_region(account_id: UUID) -> QuerySet[Access]:
    """The access of a coordinator of the ROPS, on pages and through the API."""
    return Access.objects.filter(
        account=account_id, tenant=None, role=Role.ROPS_COORDINATOR, ended_at=None
    )


def region_page(
    find: Callable[..., Any] | None = None, *, again: bool = False, methods: Any = READING
) -> Callable[[View], View]:
    """A page that the ROPS coordinators alone read.

    `find(**parts)` gives what its address names, or raises Missing; `again` asks for the second
    factor once more.
    """

    def decorate(view: View) -> View:
        def opens(account: Account, **parts: Any) -> None:
            if not held_in_region(account.pk).exists():
                raise Http404
            if find:
                find(**parts)

        @require_http_methods(methods)
        @wraps(view)
        def wrapper(request: RegionRequest, **parts: Any) -> HttpResponse:
            if instead := _admit(request):
                return instead
            if again and (asked := asked_again(request)):
                return asked
            return view(request, find(**parts)) if find else view(request, **parts)

        return opened_by(opens, wrapper)

    return decorate


def region_step(
    find: Callable[..., Any] | None = None, *, again: bool = False
) -> Callable[[View], View]:
    """A page on which a ROPS coordinator does something."""
    return region_page(find, again=again, methods=ACTING)


def _admit(request: RegionRequest) -> HttpResponse | None:
    """None for a coordinator; else the page that says why not, or where to sign in."""
    if not request.user.is_authenticated:
        return factors.go(request, factors.sign_in_url(request), status=401)
    access = tuple(held_in_region(request.user.pk).select_related("account"))
    if not access:
        return answer(request, _REFUSED)
    if factors.lacks_demanded(request):
        return factors.lead_to_setup(request)
    request.account, request.access = access[0].account, access
    request.actor = factors.actor_of(request)
    return None


_REFUSED = Problem(
    "Panel województwa jest dla koordynatorów ROPS",
    "Twoje konto nie ma tej roli. Swoje gminy i powiaty znajdziesz w „Twoich miejscach pracy”.",
    status=403,
)
