"""Pages of a Powiatowy Zespół Kooperacji."""

from django.urls import path

from powiat.pzk import views

app_name = "pzk"

urlpatterns = [
    path("", views.listing, name="delegations"),
    path("<uuid:pk>/", views.show, name="asked"),
    path("<uuid:pk>/delegat/", views.name, name="asked_name"),
    path("<uuid:pk>/odmowa/", views.refuse, name="asked_refuse"),
    path("<uuid:pk>/nie-nasze/", views.not_ours, name="asked_not_ours"),
    path("<uuid:pk>/odwolanie/", views.recall, name="asked_recall"),
]
