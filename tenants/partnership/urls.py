"""Pages of institutions, members, their people and the office."""

from django.urls import path

from tenants.partnership.views import (
    documentation,
    members,
    office,
    organisations,
    own,
    people,
    readers,
    word_templates,
)

app_name = "partnership"

urlpatterns = [
    path("czlonkowie/", members.register, name="members"),
    path("moja-instytucja/", own.own_institutions, name="own_institutions"),
    path("instytucje/", organisations.listing, name="organisations"),
    path("instytucje/nowa/", organisations.new, name="organisation_new"),
    path("instytucje/<uuid:pk>/", organisations.show, name="organisation"),
    path("instytucje/<uuid:pk>/zmiana/", organisations.edit, name="organisation_edit"),
    path("osrodek/dane/", office.edit, name="office_edit"),
    path("osrodek/szablony/", word_templates.listing, name="word_templates"),
    path("osrodek/szablony/<str:kind>/", word_templates.show, name="word_template"),
    path(
        "osrodek/szablony/<str:kind>/platforma/",
        word_templates.download,
        name="word_template_download",
    ),
    path("osrodek/szablony/<str:kind>/powrot/", word_templates.reset, name="word_template_reset"),
    path("osrodek/dostepnosc/", office.edit_accessibility, name="accessibility_edit"),
    path("instytucje/<uuid:pk>/profil/", organisations.edit_profile, name="profile"),
    path("instytucje/<uuid:pk>/funkcje/", people.new_post, name="post_new"),
    path("funkcje/<uuid:pk>/koniec/", people.end_post, name="post_end"),
    path("instytucje/<uuid:pk>/koordynator/", people.new_coordinator, name="coordinator_new"),
    path("koordynatorzy/<uuid:pk>/koniec/", people.end_coordinator, name="coordinator_end"),
    path("instytucje/<uuid:pk>/wskazanie/", people.new_worker, name="worker_new"),
    path("instytucje/<uuid:pk>/czytelnicy/", readers.show, name="readers"),
    path("instytucje/<uuid:pk>/czytelnicy/nowi/", readers.let_in, name="readers_new"),
    path("czytelnicy/", readers.listing, name="readers_all"),
    path("czytelnicy/<uuid:pk>/koniec/", readers.end, name="reader_end"),
    path("czlonkowie/historia/", members.log, name="members_log"),
    path("czlonkowie/rejestr/przygotowanie/", members.prepare, name="members_prepare"),
    *(
        path(
            f"czlonkowie/rejestr.{suffix}",
            members.export,
            {"file_format": suffix.upper()},
            name=f"members_{suffix}",
        )
        for suffix in ("pdf", "docx", "xlsx")
    ),
    path("dokumentacja/", documentation.listing, name="documentation"),
    path("dokumentacja/plik/", documentation.pack, name="documentation_pack"),
    path("dokumentacja/symbole/", documentation.symbols, name="documentation_symbols"),
    path("dokumentacja/<uuid:pk>/", documentation.edit, name="documentation_edit"),
    path("wskazani-pracownicy/", members.roster, name="roster"),
    path("wskazani-pracownicy/<uuid:pk>/koniec/", people.end_worker, name="worker_end"),
    path("instytucje/<uuid:pk>/zaangazowanie/", organisations.level, name="engagement"),
    path("instytucje/<uuid:pk>/cechy/", organisations.flags, name="flags"),
]
