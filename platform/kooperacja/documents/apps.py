"""The documents app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "kooperacja.documents"

    def ready(self) -> None:
        # Every app says in its documents.py who may read the kinds of file it keeps.
        autodiscover_modules("documents")
