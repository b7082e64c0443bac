"""The regulation app."""

from django.apps import AppConfig


class RegulationConfig(AppConfig):
    name = "tenants.regulation"
