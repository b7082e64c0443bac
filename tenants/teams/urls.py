"""Pages of teams."""

from django.urls import path

from tenants.teams import views

app_name = "teams"

urlpatterns = [
    path("", views.teams, name="teams"),
    path("<uuid:pk>/", views.team, name="team"),
]
