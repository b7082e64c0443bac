"""The directory's page in a unit, and its types of services for programs, open to everybody."""

from django.urls import path

from region.directory import unit_views

urlpatterns = [
    path("", unit_views.public_basket, name="public_basket"),
    path("typy-uslug.ttl", unit_views.types_ttl, name="unit_types_ttl"),
    path("typy-uslug.jsonld", unit_views.types_jsonld, name="unit_types_jsonld"),
]
