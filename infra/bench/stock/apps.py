"""The app of those tenants; installed by stock_settings alone."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "infra.bench.stock"
    default_auto_field = "django.db.models.BigAutoField"
