"""Codes of an application: each step of its clock opens once, however the code is written (RFC 6238)."""

from collections.abc import Iterator
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.db import connections

# The condition is asked again when another has just written the row, so of two at once one wins.
_SPEND = """
    UPDATE mfa_authenticator SET data = jsonb_set(data, '{step}', to_jsonb(%(step)s::bigint))
    WHERE id = %(id)s AND coalesce((data ->> 'step')::bigint, 0) < %(step)s
"""


def spend(totp: Authenticator, secret: str, code: str) -> bool:
    """Take a right code of a later step than any before; False takes nothing."""
    step = _step_of(secret, code)
    if step is None:
        return False
    with connections["shared"].cursor() as cursor:
        cursor.execute(_SPEND, {"id": totp.pk, "step": step})
        return bool(cursor.rowcount)


def bind() -> None:
    """allauth notes the code that was typed, in a cache, for as long as one step lasts."""
    application: Any = auth.TOTP
    application.validate_code = _validate_code


def _validate_code(self: Any, code: str) -> bool:
    return spend(self.instance, decrypt(self.instance.data["secret"]), code)


def _step_of(secret: str, code: str) -> int | None:
    steps: Iterator[int] = auth.yield_hotp_counters_from_time()
    for step in steps:
        expected = auth.format_hotp_value(auth.hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected):
            return step
    return None
