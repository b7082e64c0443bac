"""The description of the interface: as a file for programs, as a page for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api import reference as described


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1; it tells no secret, so it needs no key."""
    response = JsonResponse(described.schema(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The same, to be read without any tool and without the network."""
    document = described.schema()
    values = {
        "groups": described.operations(document),
        "shapes": described.shapes(document),
        "version": document["info"]["version"],
    }
    return render(request, "api/reference.html", values)
