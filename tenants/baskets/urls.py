"""Pages of the basket and of cards of services."""

from django.urls import path

from tenants.baskets.columns import INSTITUTIONS, SERVICES
from tenants.baskets.family import WORDS
from tenants.baskets.views import (
    adopting,
    basket,
    by_link,
    calls,
    campaigns,
    card_merges,
    cards,
    checking,
    duplicates,
    edition_files,
    editions,
    entries,
    gaps,
    imports,
    masters,
    own_types,
    referrals,
    reports,
    resources,
    searches,
    services,
    shortlists,
)

app_name = "baskets"

urlpatterns = [
    path("", basket.listing, name="basket"),
    path("braki/", gaps.listing, name="gaps"),
    path("rodzaje/", own_types.listing, name="own_types"),
    path("rodzaje/nowy/", own_types.new, name="own_type_new"),
    path("rodzaje/<uuid:pk>/zmiana/", own_types.edit, name="own_type_edit"),
    path("rodzaje/<uuid:pk>/koniec/", own_types.end, name="own_type_end"),
    path("braki/szukane/", gaps.unfound, name="gaps_unfound"),
    path("braki/oznaczone/", gaps.marked, name="gaps_marked"),
    path("braki/oznaczone/nowy/", gaps.mark, name="gap_new"),
    path("braki/oznaczone/<uuid:pk>/plan/", gaps.plan, name="gap_plan"),
    path("braki/oznaczone/<uuid:pk>/koniec/", gaps.drop, name="gap_drop"),
    path("zapytania/", referrals.listing, name="referrals"),
    path("zapytania/<uuid:pk>/", referrals.show, name="referral"),
    path("zapytania/<uuid:pk>/odpowiedz/", referrals.answer, name="referral_answer"),
    path("zapytania/<uuid:pk>/przyjeto/", referrals.finish, name="referral_finish"),
    path("zapytania/<uuid:pk>/wycofanie/", referrals.withdraw, name="referral_withdraw"),
    path("uslugi/<uuid:pk>/zapytanie/", referrals.ask, name="service_ask"),
    path("zasoby/", resources.listing, name="resources"),
    path("szukania/", searches.listing, name="searches"),
    path("szukania/nowe/", searches.new, name="search_new"),
    path("szukania/<uuid:pk>/", searches.show, name="search"),
    path("szukania/<uuid:pk>/nazwa/", searches.rename, name="search_rename"),
    path("szukania/<uuid:pk>/usuniecie/", searches.end, name="search_end"),
    path("listy/", shortlists.listing, name="shortlists"),
    path("listy/nowa/", shortlists.new, name="shortlist_new"),
    path("listy/<uuid:pk>/", shortlists.show, name="shortlist"),
    path("listy/<uuid:pk>/uslugi/", shortlists.add, name="shortlist_add"),
    path("listy/<uuid:pk>/kolejnosc/", shortlists.arrange, name="shortlist_order"),
    *(
        path(
            f"listy/<uuid:pk>/druk-{version}.pdf",
            shortlists.paper,
            {"version": version},
            name=f"shortlist_{version}",
        )
        for version in WORDS
    ),
    path("karty/", cards.listing, name="cards"),
    path("karty/nowa/", cards.new, name="card_new"),
    path("karty/spolecznosc/", cards.new_community, name="card_community"),
    path("karty/<uuid:pk>/", cards.show, name="card"),
    path("karty/<uuid:pk>/kompetencje/", cards.edit, name="card_edit"),
    *(
        path(f"karty/<uuid:pk>/druk.{kind}", cards.printed, {"kind": kind}, name=f"card_{kind}")
        for kind in ("pdf", "docx")
    ),
    path("karty/<uuid:pk>/druk/", cards.prepare, name="card_prepare"),
    path("karty/<uuid:pk>/katalog/", masters.begin, name="card_master"),
    path("karty/<uuid:pk>/polaczenie/<uuid:other>/", card_merges.merge, name="card_merge"),
    path("karty/<uuid:pk>/potwierdzanie/", checking.answer, name="card_check"),
    path("z-katalogu/", adopting.listing, name="masters"),
    path("z-katalogu/<uuid:pk>/", adopting.show, name="master"),
    path("z-katalogu/<uuid:pk>/przyjecie/", adopting.adopt, name="master_adopt"),
    path("uslugi/<uuid:pk>/u-nas/", adopting.local, name="service_local"),
    path("uslugi/<uuid:pk>/przejrzenie/", adopting.look_at, name="service_look_at"),
    path("uslugi/<uuid:pk>/odlaczenie/", adopting.detach, name="service_detach"),
    path("uslugi/<uuid:pk>/adres/", adopting.place, name="service_place"),
    path("powtorzenia/", duplicates.listing, name="duplicates"),
    path("powtorzenia/<uuid:pk>/<uuid:other>/", duplicates.decide, name="duplicate"),
    path("potwierdzanie/", checking.listing, name="checks"),
    *(
        path(f"potwierdzanie/telefony.{kind}", calls.printed, {"kind": kind}, name=f"calls_{kind}")
        for kind in ("pdf", "docx")
    ),
    path("potwierdzanie/telefony/", calls.prepare, name="calls_prepare"),
    path("potwierdzanie/<uuid:pk>/proba/", checking.call, name="check_call"),
    path("potwierdzanie/<uuid:pk>/odmowa/", checking.deny, name="check_deny"),
    path("potwierdzanie/kampanie/", campaigns.listing, name="campaigns"),
    path("potwierdzanie/kampanie/nowa/", campaigns.new, name="campaign_new"),
    path("potwierdzanie/kampanie/<uuid:pk>/", campaigns.show, name="campaign"),
    path("potwierdzanie/kampanie/<uuid:pk>/start/", campaigns.start, name="campaign_start"),
    path("potwierdzanie/kampanie/<uuid:pk>/szkic/", campaigns.discard, name="campaign_discard"),
    path("potwierdzanie/kampanie/<uuid:pk>/koniec/", campaigns.finish, name="campaign_finish"),
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
