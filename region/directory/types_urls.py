"""Pages of the types of services that the ROPS adds, under /region/typy-uslug/."""

from django.urls import path

from region.directory import added_types_views as views

app_name = "added_types"
urlpatterns = [
    path("", views.added, name="list"),
    path("nowy/", views.new, name="new"),
    path("<uuid:pk>/zmiana/", views.edit, name="edit"),
    path("<uuid:pk>/koniec/", views.end, name="end"),
]
