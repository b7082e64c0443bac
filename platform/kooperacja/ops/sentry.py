"""Error reports: off without SENTRY_DSN; of an error its type and place alone, never a value."""

from typing import TYPE_CHECKING, Any

from django.conf import settings

from kooperacja.ops.context import circumstances

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

_FRAME = ("filename", "module", "function", "lineno", "in_app")
_PLAIN = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment")
# Sources of a name that is written in our code; the others are made of the address asked for.
_NAMED_IN_CODE = {"route", "component", "view", "task"}


def start(**options: Any) -> None:
    """Turns reports on where a DSN is set."""
    if not settings.SENTRY_DSN:
        return
    # Costly to load, and most sites have no DSN.
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE,
        environment="demo" if settings.DEMO else "production",
        default_integrations=True,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(transaction_style="function_name"), CeleryIntegration()],
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        before_send=scrub,
        before_send_transaction=lambda event, hint: None,
        before_breadcrumb=lambda crumb, hint: None,
        **options,
    )


def scrub(event: "Event", hint: "Hint") -> "Event":
    """A new event of fields known to be harmless; all that the library adds later stays here."""
    given: dict[str, Any] = dict(event)
    clean: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
    clean["tags"] = circumstances()
    if (given.get("transaction_info") or {}).get("source") in _NAMED_IN_CODE:
        clean["transaction"] = given.get("transaction")
    errors = (given.get("exception") or {}).get("values") or []
    if errors:
        clean["exception"] = {"values": [_error(error) for error in errors]}
    else:
        clean["message"] = f"{given.get('logger', '')} {given.get('level', '')}".strip()
    return clean  # type: ignore[return-value]


def _error(given: dict[str, Any]) -> dict[str, Any]:
    frames = (given.get("stacktrace") or {}).get("frames") or []
    return {
        "type": given.get("type"),
        "module": given.get("module"),
        "value": given.get("type"),
        "stacktrace": {"frames": [{name: f[name] for name in _FRAME if name in f} for f in frames]},
    }
