"""Addresses of the platform's health."""

from django.urls import path

from kooperacja.ops import views

urlpatterns = [
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
]
