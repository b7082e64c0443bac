"""Limits of attempts, each counted in a row of its own, so that two at once count as two.

django-allauth counts here too (`bind`): its own counters lie in a cache, which may drop them.
"""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import Rate
from django.db import connections
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kooperacja.accounts.models import Attempts
from kooperacja.ui.polish import counted

_REFUSED, _LAST_IN_MINUTES = "refused_attempt", 90
# A network from which somebody came in is not a stranger's for so long.
KNOWN_SECONDS = 90 * 24 * 3600
_COUNT = """
    INSERT INTO accounts_attempts AS saved (key, count, until) VALUES (%(key)s, 1, %(until)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN saved.until <= %(now)s THEN 1 ELSE saved.count + 1 END,
        until = CASE WHEN saved.until <= %(now)s THEN excluded.until ELSE saved.until END
    RETURNING count
"""


def count(name: str, *, until: float) -> int:
    """The attempts of this name with this one, since the first that still counts."""
    values: dict[str, Any] = {
        "key": _key(name),
        "until": _moment(until),
        "now": _moment(time.time()),
    }
    with connections["shared"].cursor() as cursor:
        cursor.execute(_COUNT, values)
        (attempts,) = cursor.fetchone()
    return int(attempts)


def is_within(request: HttpRequest, *, action: str, most: int, seconds: int) -> bool:
    """Count one attempt of a stranger; False for those beyond `most` from the same network."""
    name = f"{action}:{ratelimit.get_ip(request)}"
    return count(name, until=time.time() + seconds) <= most


# --- In the place of allauth's counters ------------------------------------------------------


@dataclass(frozen=True)
class Usage:
    """One attempt that was counted; allauth takes it back when it was no guess."""

    name: str
    known: str = ""

    def rollback(self) -> None:
        taken_back = Attempts.objects.filter(key=_key(self.name), count__gt=0)
        taken_back.update(count=F("count") - 1)
        if self.known:
            count(self.known, until=time.time() + KNOWN_SECONDS)


def consume(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    rate: Rate,
    key: str | None = None,
    user: Any = None,
    dry_run: bool = False,
    raise_exception: bool = False,
) -> Usage | None:
    """Count an attempt against one rate; None if it is one too many."""
    usage = _usage(request, app, action, rate, key, user)
    if rate.per == "anywhere" and _is_known(usage.known):
        return Usage(usage.name)
    if dry_run:  # only asked whether one more would be let through
        attempts = _counted(usage.name) + 1
    else:
        attempts = count(usage.name, until=time.time() + rate.duration)
    if attempts <= rate.amount:
        return usage
    if raise_exception:
        raise RateLimited
    vars(request)[_REFUSED] = usage.name
    return None


def wait_told(request: HttpRequest) -> str:
    """How long the attempt that was refused has to wait: 4 minuty, 3 godziny."""
    refused = Attempts.objects.filter(key=_key(vars(request).get(_REFUSED, "")))
    until = refused.values_list("until", flat=True).first()
    if until is None:
        return "kilka minut"
    minutes = max(1, math.ceil((until.timestamp() - time.time()) / 60))
    if minutes <= _LAST_IN_MINUTES:
        return counted(minutes, "minutę", "minuty", "minut")
    return counted(math.ceil(minutes / 60), "godzinę", "godziny", "godzin")


def clear(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    key: str | None = None,
    user: Any = None,
) -> None:
    """Forget the attempts at one thing from here; of wider counts, take back this one alone.

    Else whoever has an account would come in now and then, and guess at others without end.
    """
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        usage = _usage(request, app, action, rate, key, user)
        if rate.per in {"key", "user"}:
            Attempts.objects.filter(key=_key(usage.name)).delete()
        usage.rollback()


def bind() -> None:
    """Harmless to repeat."""
    module: Any = ratelimit
    module._consume_single_rate, module.clear = consume, clear


def _usage(
    request: HttpRequest, app: str, action: str, rate: Rate, key: str | None, user: Any
) -> Usage:
    """The name to count by: a network, an account, what is tried from here, or from anywhere."""
    here = ratelimit.get_ip(request)
    known = f"known:{app}:{action}:{key}:{here}"
    match rate.per:
        case "ip":
            whose, known = here, ""
        case "user":
            whose, known = str((user or request.user).pk), ""
        case "key":
            whose = f"{key}:{here}"
        case "anywhere":
            whose = str(key)
        case other:
            raise ValueError(f"a limit per {other} is not known")
    return Usage(f"{app}:{action}:{rate}:{whose}", known)


def _is_known(name: str) -> bool:
    return _counted(name) > 0


def _counted(name: str) -> int:
    saved = Attempts.objects.filter(key=_key(name), until__gt=_moment(time.time()))
    return sum(saved.values_list("count", flat=True))


def _key(name: str) -> str:
    """Neither an address nor a network is kept."""
    return salted_hmac("limits", name, algorithm="sha256").hexdigest()


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
