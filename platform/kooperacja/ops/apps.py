"""Watching the platform run."""

from django.apps import AppConfig

from kooperacja.ops import sentry


class OpsConfig(AppConfig):
    """Health, logs, metrics and error reports; no tables."""

    name = "kooperacja.ops"

    def ready(self) -> None:
        sentry.start()
