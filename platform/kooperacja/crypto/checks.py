"""Refuses to go into production without a usable master key."""

from typing import Any

from django.core.checks import CheckMessage, Error

from kooperacja.crypto import kek
from kooperacja.crypto.envelope import KeyMissing


def master_key_is_usable(**kwargs: Any) -> list[CheckMessage]:
    try:
        kek.keyring()
    except KeyMissing as error:
        return [Error(str(error), id="crypto.E001")]
    return []
