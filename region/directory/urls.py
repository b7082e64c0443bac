"""Pages of the region's directory of services, under /katalog/."""

from django.urls import path

from region.directory import (
    master_reports_views,
    master_services_views,
    masters_views,
    services_views,
    views,
)

app_name = "directory"
urlpatterns = [
    path("", services_views.services, name="services"),
    path("uslugi/<uuid:pk>/", services_views.service, name="service"),
    path("typy-uslug/", views.all_types, name="types"),
    path("typy-uslug.ttl", views.types_ttl, name="types_ttl"),
    path("typy-uslug.jsonld", views.types_jsonld, name="types_jsonld"),
    path("typy-uslug/<slug:code>/", views.one_type, name="type"),
    path("karty/", masters_views.masters, name="masters"),
    path("karty/<uuid:pk>/", masters_views.card, name="master_card"),
    path("karty/<uuid:pk>/usluga/", masters_views.new, name="master_new"),
    path("karty/opiekunowie/<uuid:pk>/dopuszczenie/", masters_views.let_in, name="keeper_let_in"),
    path("karty/opiekunowie/<uuid:pk>/odmowa/", masters_views.refuse, name="keeper_refuse"),
    path("karty/opiekunowie/<uuid:pk>/koniec/", masters_views.end, name="keeper_end"),
    path("karty/uslugi/<uuid:pk>/", master_services_views.show, name="master"),
    path("karty/uslugi/<uuid:pk>/zmiana/", master_services_views.edit, name="master_edit"),
    path(
        "karty/uslugi/<uuid:pk>/inny-adres/",
        master_services_views.elsewhere,
        name="master_elsewhere",
    ),
    path(
        "karty/uslugi/<uuid:pk>/potwierdzenie/",
        master_services_views.confirm,
        name="master_confirm",
    ),
    path("karty/uslugi/<uuid:pk>/cykl/", master_services_views.cycle, name="master_cycle"),
    path("karty/zgloszenia/<uuid:pk>/", master_reports_views.close, name="master_report"),
    path("karty/uslugi/<uuid:pk>/przerwa/", master_services_views.stop, name="master_stop"),
    path("karty/uslugi/<uuid:pk>/wznowienie/", master_services_views.resume, name="master_resume"),
    path("karty/uslugi/<uuid:pk>/koniec/", master_services_views.end, name="master_end"),
    path(
        "karty/uslugi/<uuid:pk>/wycofanie/", master_services_views.withdraw, name="master_withdraw"
    ),
]
