"""The documents app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "kooperacja.documents"

    def ready(self) -> None:
        # Every app offers its papers, and says who may read the files that it keeps.
        autodiscover_modules("papers")
