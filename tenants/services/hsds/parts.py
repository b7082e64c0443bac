"""Pieces of which every object is made: ids that stay, addresses that are real, nothing empty."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.encoding import iri_to_uri

Json = dict[str, Any]
# Fixed for ever: the ids of types, groups and places follow from it, the same on every site.
NAMESPACE = UUID("5c0a9f0e-7a52-5d0b-9f6e-3f1f6f0f7d31")
EXTRA = "kooperacja_"  # begins the name of everything that HSDS does not know

_is_mail = EmailValidator()
_is_web = URLValidator(schemes=["http", "https"])
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def given(**values: Any) -> Json:
    """The properties that say something."""
    return {name: value for name, value in values.items() if value not in _EMPTY}


def own_id(*names: str) -> UUID:
    """The id of what has no row of its own, by its names."""
    return uuid5(NAMESPACE, ":".join(names))


def part_id(of: UUID, *names: str) -> str:
    """The id of a part of something, by what it is."""
    return str(uuid5(of, ":".join(names)))


def moment(at: datetime) -> str:
    """2026-11-30T12:05:00.000Z"""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def web_address(text: str) -> str:
    """An absolute address of the web in plain letters; nothing where it is none."""
    try:
        _is_web(text)
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValidationError, UnicodeError, ValueError):
        return ""
    if "@" in parts.netloc or "[" in parts.netloc:
        return ""
    rest = urlsplit(iri_to_uri(urlunsplit(parts._replace(netloc="h"))))
    return urlunsplit(rest._replace(netloc=f"{host}{port}"))


def mail_address(text: str) -> str:
    """An e-mail address in plain letters; nothing where it is none."""
    try:
        _is_mail(text)
        name, _, domain = text.rpartition("@")
        return f"{name}@{domain.encode('idna').decode()}"
    except (ValidationError, UnicodeError):
        return ""
