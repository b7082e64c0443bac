"""Pages of the shared plane that belong to no other app."""

from django.urls import path

from kooperacja.ui import views

urlpatterns = [
    path("deklaracja-dostepnosci/", views.accessibility, name="accessibility"),
    path("pomoc/", views.guide_contents, name="guide"),
    path("pomoc/<slug:slug>/", views.guide_section, name="guide_section"),
]
