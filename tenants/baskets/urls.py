"""Pages of the basket and of cards of services."""

from django.urls import path

from tenants.baskets.views import (
    basket,
    by_link,
    calls,
    cards,
    checking,
    entries,
    gaps,
    reports,
    services,
)

app_name = "baskets"

urlpatterns = [
    path("", basket.listing, name="basket"),
    path("braki/", gaps.listing, name="gaps"),
    path("karty/", cards.listing, name="cards"),
    path("karty/nowa/", cards.new, name="card_new"),
    path("karty/<uuid:pk>/", cards.show, name="card"),
    path("karty/<uuid:pk>/kompetencje/", cards.edit, name="card_edit"),
    *(
        path(f"karty/<uuid:pk>/druk.{kind}", cards.printed, {"kind": kind}, name=f"card_{kind}")
        for kind in ("pdf", "docx")
    ),
    path("karty/<uuid:pk>/druk/", cards.prepare, name="card_prepare"),
    path("karty/<uuid:pk>/potwierdzanie/", checking.answer, name="card_check"),
    path("potwierdzanie/", checking.listing, name="checks"),
    *(
        path(f"potwierdzanie/telefony.{kind}", calls.printed, {"kind": kind}, name=f"calls_{kind}")
        for kind in ("pdf", "docx")
    ),
    path("potwierdzanie/telefony/", calls.prepare, name="calls_prepare"),
    path("potwierdzanie/<uuid:pk>/proba/", checking.call, name="check_call"),
    path("odpowiedz/<uuid:pk>/", by_link.answer, name="check_by_link"),
    path("odpowiedz/<token>/", by_link.enter, name="check_link"),
    path("karty/<uuid:pk>/usluga/", entries.new, name="card_service"),
    path("uslugi/<uuid:pk>/", services.show, name="service"),
    path("uslugi/<uuid:pk>/zmiana/", entries.edit, name="service_edit"),
    path("uslugi/<uuid:pk>/szkic/", entries.discard, name="service_discard"),
    path("uslugi/<uuid:pk>/historia/", entries.history, name="service_history"),
    path("uslugi/<uuid:pk>/przekazanie/", entries.file, name="service_file"),
    path("uslugi/<uuid:pk>/wycofanie/", entries.take_back, name="service_take_back"),
    path("uslugi/<uuid:pk>/przyjecie/", entries.accept, name="service_accept"),
    path("uslugi/<uuid:pk>/zwrot/", entries.send_back, name="service_return"),
    path("uslugi/<uuid:pk>/potwierdzenie/", services.confirm, name="service_confirm"),
    path("uslugi/<uuid:pk>/cykl/", services.cycle, name="service_cycle"),
    path("uslugi/<uuid:pk>/przerwa/", services.stop, name="service_stop"),
    path("uslugi/<uuid:pk>/wznowienie/", services.resume, name="service_resume"),
    path("uslugi/<uuid:pk>/blad/", reports.new, name="service_report"),
    path("bledy/<uuid:pk>/", reports.close, name="report"),
    path("uslugi/<uuid:pk>/koniec/", services.end, name="service_end"),
]
