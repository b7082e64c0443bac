"""Pages that only a powiat has; a city with county rights has them beside a gmina's."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
