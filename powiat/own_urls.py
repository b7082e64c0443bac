"""Pages that only a powiat has; a city with county rights has them beside a gmina's."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("delegaci/", include("powiat.pzk.urls")),
]
