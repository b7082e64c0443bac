"""The crypto app; it refuses to go into production without a usable master key."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from kooperacja.crypto import kek
from kooperacja.crypto.envelope import KeyMissing


class CryptoConfig(AppConfig):
    name = "kooperacja.crypto"

    def ready(self) -> None:
        register(master_key_is_usable, Tags.security, deploy=True)


def master_key_is_usable(**kwargs: Any) -> list[CheckMessage]:
    try:
        kek.keyring()
    except KeyMissing as error:
        return [Error(str(error), id="crypto.E001")]
    return []
