"""The interface for other programs and the page that describes it, under /api/."""

from django.urls import include, path

from api import views

urlpatterns = [
    path("", views.reference, name="api_reference"),
    path("hsds/", include("api.hsds.urls")),
    path("v1/", include("api.v1.urls")),
]
