"""The accession app."""

from django.apps import AppConfig


class AccessionConfig(AppConfig):
    name = "tenants.accession"
