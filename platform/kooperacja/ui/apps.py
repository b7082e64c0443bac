"""The app of the look and the components."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Holds no data: templates' tags, static files, error pages."""

    name = "kooperacja.ui"
    label = "ui"
