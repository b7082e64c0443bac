"""Liveness and readiness."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from kooperacja.ops.health import readiness


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked, least of all the database."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    parts, can_serve = readiness()
    status = "ok" if set(parts.values()) == {"ok"} else "degraded" if can_serve else "unavailable"
    return JsonResponse({"status": status, "parts": parts}, status=200 if can_serve else 503)
