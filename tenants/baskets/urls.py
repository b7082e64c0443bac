"""Pages of the basket and of cards of services."""

from django.urls import path

from tenants.baskets.columns import INSTITUTIONS, SERVICES
from tenants.baskets.views import (
    basket,
    cards,
    checking,
    duplicates,
    edition_files,
    editions,
    entries,
    gaps,
    imports,
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
    path("powtorzenia/", duplicates.listing, name="duplicates"),
    path("powtorzenia/<uuid:pk>/<uuid:other>/", duplicates.decide, name="duplicate"),
    path("potwierdzanie/", checking.listing, name="checks"),
    path("potwierdzanie/<uuid:pk>/proba/", checking.call, name="check_call"),
    path("karty/<uuid:pk>/usluga/", entries.new, name="card_service"),
    path("uslugi/<uuid:pk>/", services.show, name="service"),
    path("uslugi/<uuid:pk>/zmiana/", entries.edit, name="service_edit"),
    path("uslugi/<uuid:pk>/przekazanie/", entries.file, name="service_file"),
    path("uslugi/<uuid:pk>/wycofanie/", entries.take_back, name="service_take_back"),
    path("uslugi/<uuid:pk>/przyjecie/", entries.accept, name="service_accept"),
    path("uslugi/<uuid:pk>/zwrot/", entries.send_back, name="service_return"),
    path("uslugi/<uuid:pk>/potwierdzenie/", services.confirm, name="service_confirm"),
    path("uslugi/<uuid:pk>/przerwa/", services.stop, name="service_stop"),
    path("uslugi/<uuid:pk>/wznowienie/", services.resume, name="service_resume"),
    path("uslugi/<uuid:pk>/blad/", reports.new, name="service_report"),
    path("bledy/<uuid:pk>/", reports.close, name="report"),
    path("import/", imports.listing, name="imports"),
    path("import/nowy/", imports.new, name="import_new"),
    path(
        "import/wzor-instytucje.xlsx",
        imports.template,
        {"kind": INSTITUTIONS},
        name="import_institutions",
    ),
    path("import/wzor-uslugi.xlsx", imports.template, {"kind": SERVICES}, name="import_services"),
    path("import/<uuid:pk>/", imports.show, name="import"),
    path("import/<uuid:pk>/zapis/", imports.confirm, name="import_confirm"),
    path("import/<uuid:pk>/odrzucenie/", imports.drop, name="import_drop"),
    path("wydania/", editions.listing, name="editions"),
    path("wydania/nowe/", editions.new, name="edition_new"),
    path("wydania/<uuid:pk>/", editions.show, name="edition"),
    path("wydania/<uuid:pk>/uslugi/<uuid:item>/", editions.item, name="edition_item"),
    path("wydania/<uuid:pk>/ulotki/", editions.leaflets, name="edition_leaflets"),
    path("wydania/<uuid:pk>/plik/", edition_files.prepare, name="edition_prepare"),
    *(
        path(
            f"wydania/<uuid:pk>/wydanie.{kind}",
            edition_files.printed,
            {"kind": kind},
            name=f"edition_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
    *(
        path(
            f"wydania/<uuid:pk>/wydanie.{kind}",
            edition_files.sheet,
            {"kind": kind},
            name=f"edition_{kind}",
        )
        for kind in ("xlsx", "csv")
    ),
    path("wydania/<uuid:pk>/wydanie.json", edition_files.as_json, name="edition_json"),
    path("uslugi/<uuid:pk>/koniec/", services.end, name="service_end"),
]
