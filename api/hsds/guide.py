"""The page about the public services for whoever writes a program that reads them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.hsds.base import REQUESTS_A_MINUTE, Address
from api.hsds.described import RESOURCES, absolute
from api.hsds.queries import MOST
from tenants.services.hsds.profile import profile

_EVERYWHERE = frozenset({"page", "per_page", "format"})


def _filters(view: type[Address]) -> list[str]:
    return [name for name in map(str, view.query().fields) if name not in _EVERYWHERE]


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Addresses, filters and our own fields, as the addresses themselves have them."""
    definitions = profile(absolute("profile"))["$defs"]
    values = {
        "home": absolute("home"),
        "most": MOST,
        "pace": REQUESTS_A_MINUTE,
        "resources": [
            (
                f"/{name}",
                many.summary,
                _filters(many),
            )
            for name, (many, _, _) in RESOURCES.items()
        ],
        "own": [
            (kind, name, schema["description"])
            for kind, definition in definitions.items()
            for name, schema in definition["properties"].items()
        ],
    }
    return render(request, "api/hsds.html", values)
