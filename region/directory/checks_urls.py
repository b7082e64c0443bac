"""Pages of the ROPS about master cards that wait to be confirmed, under /region/karty-do-potwierdzenia/."""

from django.urls import path

from region.directory import master_checks_views as views

app_name = "master_checks"
urlpatterns = [
    path("", views.late, name="list"),
    path("<uuid:pk>/", views.call, name="call"),
]
