"""The moments that a signature and its certificates name, kept where every time zone can tell them.

A calendar ends for Python with the year 9999, which certificates write for "no end" (RFC 5280,
4.1.2.5), and begins with 1; a zone away from either end there is no day.
"""

from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any

_FIRST = datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=1)
_LAST = datetime(MAXYEAR, 12, 31, tzinfo=UTC) - timedelta(days=1)


def bounded(moment: Any) -> datetime | None:
    """The moment with its zone, UTC where it says none; at an end of the calendar a day off it."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):  # asn1crypto's own, of the year 0
        return _FIRST
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(_FIRST, min(aware, _LAST))


def written(moment: Any) -> str | None:
    """The moment as the facts of a signature hold it."""
    found = bounded(moment)
    return found.isoformat() if found else None


def read(text: str | None) -> datetime | None:
    """The moment out of the facts of a signature, of earlier days too."""
    return bounded(datetime.fromisoformat(text)) if text else None


def is_endless(moment: datetime) -> bool:
    """The end of a certificate without an end."""
    return moment.year == MAXYEAR
