"""Logs: one JSON line an event with tenant, request and actor ids; no personal data, no tokens."""

import logging
import logging.config
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from django.http import HttpRequest, HttpResponse
from pythonjsonlogger.json import JsonFormatter as BaseFormatter
from uuid6 import uuid7

from kooperacja.ops.context import circumstances, working_on

_access = logging.getLogger("kooperacja.access")
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# PESEL, telephone, bank account; and a PESEL whose digits are parted, as people write it.
_LONG_NUMBER = re.compile(r"\d{9,}|(?<!\d)\d{6}[\W_]{1,3}\d{5}(?!\d)")
_ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
_OWN = {*vars(logging.makeLogRecord({})), "message", "asctime", "request", "server_time"}
_NOISY = ("celery.worker.strategy", "fontTools", "pikepdf", "weasyprint")
_COLOURS = {"WARNING": "\x1b[33m", "ERROR": "\x1b[31m", "CRITICAL": "\x1b[31m"}


def configure(options: dict[str, Any]) -> None:
    """Called by Django with settings.LOGGING: everything goes to the standard error stream."""
    is_plain = os.environ.get("LOG_FORMAT") == "plain" or sys.stderr.isatty()
    formatter = PlainFormatter if is_plain else JsonFormatter
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"one": {"()": formatter}},
            "handlers": {"stderr": {"()": Stderr, "formatter": "one"}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                "django": {"handlers": [], "propagate": True},
                # A refused page is an event of kooperacja.access already.
                "django.request": {"level": "ERROR"},
                **{name: {"level": "WARNING"} for name in _NOISY},
            },
        }
    )


class Stderr(logging.StreamHandler[TextIO]):
    """The standard error stream of now, not of the time of configuration."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


class JsonFormatter(BaseFormatter):
    """One event, one line, one JSON object."""

    def __init__(self) -> None:
        super().__init__(json_default=str, json_ensure_ascii=False)

    def add_fields(
        self, event: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Ours alone: an error as the library writes it repeats its values."""
        event |= {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            **circumstances(),
            **extras(record),
        }
        if record.exc_info and record.exc_info[1]:
            event["error"] = describe(record.exc_info[1])


class PlainFormatter(logging.Formatter):
    """For a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        colour = _COLOURS.get(record.levelname, "")
        data = {**circumstances(), **extras(record)}
        rest = " ".join(f"{name}={value}" for name, value in data.items())
        line = f"{colour}{record.levelname:<8}\x1b[0m{message_of(record)} \x1b[2m{rest}\x1b[0m"
        if record.exc_info and record.exc_info[1]:
            line += "\n" + "\n".join(describe(record.exc_info[1]))
        return line


def message_of(record: logging.LogRecord) -> str:
    if record.name == "django.request":  # its argument is the path, which may hold a token
        return str(record.msg).partition(":")[0]
    return mask(record.getMessage())


def extras(record: logging.LogRecord) -> dict[str, Any]:
    """The values that the caller gave as `extra`."""
    given = {name: value for name, value in vars(record).items() if name not in _OWN}
    return {name: mask(value) if isinstance(value, str) else value for name, value in given.items()}


def mask(text: str) -> str:
    return _ADDRESS.sub("…@…", _LONG_NUMBER.sub("…", text))


def describe(error: BaseException) -> list[str]:
    """The place and the kind of an error, without values: PostgreSQL's DETAIL repeats the row."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 100:
        first = (str(current).splitlines() or [""])[0]
        lines.append(f"{type(current).__name__}: {mask(first)}")
        lines += _places(current.__traceback__)
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return lines


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-25:]


class RequestIdMiddleware:
    """Gives each request an id (or keeps the proxy's), returns it, and logs one line when done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _GIVEN_ID.fullmatch(given) else str(uuid7())
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with working_on(request_id, request):
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id
            if not request.path_info.startswith("/health/"):
                _log(request, response, time.perf_counter() - started)
        return response


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    data = {
        "method": request.method,
        "route": match.route if match else None,  # never the path: it may hold a token
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }
    level = logging.WARNING if response.status_code >= 500 else logging.INFO
    _access.log(level, "%s %s", request.method, response.status_code, extra=data)
