"""Who may open the region's screens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from kooperacja.accounts import factors
from kooperacja.ui.errors import Problem, answer
from tenants.registry.models import Access
from tenants.registry.roles import Role

View = Callable[..., HttpResponse]


def region_view(view: View) -> View:
    """Opens a view to the ROPS coordinators alone; sets request.account and request.access."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return factors.go(request, factors.sign_in_url(request), status=401)
        held = Access.objects.filter(
            account=request.user.pk, tenant=None, role=Role.ROPS_COORDINATOR, ended_at=None
        )
        access = tuple(held.select_related("account"))
        if not access:
            return answer(request, _REFUSED)
        if factors.lacks_demanded(request):
            return factors.lead_to_setup(request)
        guest: Any = request
        guest.account, guest.access = access[0].account, access
        return view(request, *args, **kwargs)

    return wrapper


_REFUSED = Problem(
    "Panel województwa jest dla koordynatorów ROPS",
    "Twoje konto nie ma tej roli. Swoje gminy i powiaty znajdziesz w „Twoich miejscach pracy”.",
    status=403,
)
