"""Figures for Prometheus; each process writes its own, `exporter` adds them up on a private port."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Gauge, Histogram

# Each label is one of a closed set: each new value would be kept for ever, by every process.
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
REQUESTS = Histogram(
    "kooperacja_request_seconds",
    "Time to answer a request",
    ["view", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
TASKS = Counter("kooperacja_tasks", "Tasks that ended", ["task", "state"])
TASK_SECONDS = Histogram("kooperacja_task_seconds", "Time a task took", ["task"])
INCOMING_MAIL = Counter("kooperacja_incoming_mail", "Messages that came by mail", ["outcome"])


def _last_seen(name: str, text: str, *labels: str) -> Gauge:
    """A figure that the process which looked last knows best."""
    return Gauge(f"kooperacja_{name}", text, labels, multiprocess_mode="mostrecent")


OUTBOX_WAITING = _last_seen(
    "outbox_waiting", "Messages that wait in outboxes, as the last sweep saw them", "plane"
)
OUTBOX_FAILING = _last_seen(
    "outbox_failing", "Messages that failed often, as the last sweep saw them", "plane"
)
OUTBOX_OLDEST = _last_seen(
    "outbox_oldest_seconds",
    "How long the oldest message that is due has waited, as the last sweep saw it",
    "plane",
)
TENANTS_BEHIND = _last_seen("tenants_behind", "Tenants whose schema this release can't work on yet")
UPGRADES_FAILED = _last_seen("upgrades_failed", "Tenants of these whose last upgrade failed")
SPARES_READY = _last_seen("spares_ready", "Schemas kept ready for the next openings")


class MetricsMiddleware:
    """Counts and times requests by the name of their view, never by path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        method = request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(
            match.view_name if match else "-", method, str(response.status_code)
        ).observe(time.perf_counter() - started)
        return response
