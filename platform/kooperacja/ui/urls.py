"""Pages of the shared plane that belong to no other app."""

from django.urls import path

from kooperacja.ui import views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("deklaracja-dostepnosci/", views.accessibility, name="accessibility"),
]
