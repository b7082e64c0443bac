"""Pages of the region's directory of services, under /katalog/."""

from django.urls import path

from region.directory import services_views, views

app_name = "directory"
urlpatterns = [
    path("", services_views.services, name="services"),
    path("uslugi/<uuid:pk>/", services_views.service, name="service"),
    path("typy-uslug/", views.all_types, name="types"),
    path("typy-uslug.ttl", views.types_ttl, name="types_ttl"),
    path("typy-uslug.jsonld", views.types_jsonld, name="types_jsonld"),
    path("typy-uslug/<slug:code>/", views.one_type, name="type"),
]
