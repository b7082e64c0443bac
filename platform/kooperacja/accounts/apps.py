"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kooperacja.accounts"

    def ready(self) -> None:
        # Models can be imported from here on.
        from kooperacja.accounts import codes, limits
        from kooperacja.accounts.planes import bind_allauth

        bind_allauth()
        limits.bind()
        codes.bind()
