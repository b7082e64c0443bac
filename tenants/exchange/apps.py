"""The app of what passes between tenants; families never do."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Tables of the shared plane."""

    name = "tenants.exchange"
    verbose_name = "Wymiana między jednostkami"
