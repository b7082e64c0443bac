"""Version 1; a tenant's addresses are entered by the tenancy middleware."""

from django.urls import path, re_path

from api.v1.figures import Figures, Indicators
from api.v1.members import Members
from api.v1.organisations import OneOrganisation, Organisations
from api.v1.problems import unknown_address
from api.v1.units import OneUnit, Units
from api.views import openapi

app_name = "v1"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("units/", Units.as_view(), name="units"),
    path("units/<str:code>/", OneUnit.as_view(), name="unit"),
    path("indicators/", Indicators.as_view(), name="indicators"),
    path("figures/", Figures.as_view(), name="figures"),
    path("tenants/<str:code>/organisations/", Organisations.as_view(), name="organisations"),
    path(
        "tenants/<str:code>/organisations/<uuid:organisation_id>/",
        OneOrganisation.as_view(),
        name="organisation",
    ),
    path("tenants/<str:code>/members/", Members.as_view(), name="members"),
    re_path("^.*$", unknown_address),
]
