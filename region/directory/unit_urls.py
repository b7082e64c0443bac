"""The directory's page in a unit, open to everybody."""

from django.urls import path

from region.directory import unit_views

urlpatterns = [path("", unit_views.public_basket, name="public_basket")]
