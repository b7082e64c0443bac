"""The journal of a tenant."""

from django.urls import path

from kooperacja.audit import views

app_name = "audit"

urlpatterns = [
    path("dziennik/", views.journal, name="journal"),
]
