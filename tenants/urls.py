"""Pages that every tenant has."""

from django.urls import include, path

from tenants.partnership.views import accessibility, home

urlpatterns = [
    path("", home.today, name="home"),
    path("dostepnosc/", accessibility.show, name="accessibility"),
    path("partnerstwo/", include("tenants.partnership.urls")),
    path("dokumenty/", include("kooperacja.documents.urls")),
    path("", include("kooperacja.audit.urls")),
]
