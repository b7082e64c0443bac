"""The front door of the site, and the page on which its region is founded."""

from django.urls import path

from tenants.registry import front_views

urlpatterns = [
    path("", front_views.front_door, name="front_door"),
    path("pierwsze-uruchomienie/", front_views.first_run_done, name="first_run_done"),
    path("pierwsze-uruchomienie/<str:token>/", front_views.first_run, name="first_run"),
]
