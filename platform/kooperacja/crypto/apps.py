"""The crypto app."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class CryptoConfig(AppConfig):
    name = "kooperacja.crypto"

    def ready(self) -> None:
        # Models can be imported from here on.
        from kooperacja.crypto.checks import master_key_is_usable

        register(master_key_is_usable, Tags.security, deploy=True)
