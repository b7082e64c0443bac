"""The data protection app."""

from django.apps import AppConfig


class DataProtectionConfig(AppConfig):
    name = "tenants.data_protection"
