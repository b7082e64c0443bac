"""Pages of the GGK."""

from django.urls import path

from gmina.ggk import views

app_name = "ggk"

urlpatterns = [
    path("", views.listing, name="groups"),
    path("nowa/", views.new, name="group_new"),
    path("<uuid:pk>/", views.show, name="group"),
    path("<uuid:pk>/koniec/", views.close, name="group_close"),
    path("<uuid:pk>/koordynator/", views.coordinator, name="group_coordinator"),
    path("<uuid:pk>/poufnosc/", views.promise, name="group_promise"),
    path("<uuid:pk>/prosba/", views.ask, name="group_ask"),
    path("prosby/<uuid:pk>/", views.delegation, name="delegation"),
    path("prosby/<uuid:pk>/wycofanie/", views.withdraw, name="delegation_withdraw"),
    path("prosby/<uuid:pk>/koniec/", views.end, name="delegation_end"),
    path("delegacje/<uuid:pk>/", views.accept, name="delegation_accept"),
    path("delegacje/<uuid:pk>/odmowa/", views.decline, name="delegation_decline"),
]
