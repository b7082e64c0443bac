"""Pages of the region, under /region/."""

from django.urls import path

from region.panel import (
    advisers_views,
    coordinators_views,
    journal_views,
    register_views,
    templates_views,
    tenants_views,
    unit_views,
    views,
)

app_name = "panel"
urlpatterns = [
    path("", views.home, name="home"),
    path("tabela/", views.table, name="table"),
    path("tabela.csv", views.table_csv, name="table_csv"),
    path("zmiany/", views.changes, name="changes"),
    path("wzor-regulaminu/", templates_views.current, name="regulation_template"),
    path("wzor-regulaminu/nowy/", templates_views.publish, name="regulation_template_new"),
    path("dziennik/", journal_views.journal, name="journal"),
    path("dziennik/<str:file_format>/", journal_views.journal_file, name="journal_file"),
    path("rops/", coordinators_views.contact, name="contact"),
    path("koordynatorzy/", coordinators_views.everybody, name="coordinators"),
    path("koordynatorzy/zaproszenie/", coordinators_views.invite, name="coordinator_invite"),
    path(
        "koordynatorzy/zaproszenie/<uuid:pk>/ponownie/",
        coordinators_views.again,
        name="coordinator_again",
    ),
    path(
        "koordynatorzy/zaproszenie/<uuid:pk>/wycofanie/",
        coordinators_views.withdraw,
        name="coordinator_withdraw",
    ),
    path("koordynatorzy/<uuid:pk>/koniec/", coordinators_views.end, name="coordinator_end"),
    path("doradcy/", advisers_views.everybody, name="advisers"),
    path("doradcy/nowy/", advisers_views.new, name="adviser_new"),
    path("doradcy/<uuid:pk>/", advisers_views.show, name="adviser"),
    path("doradcy/<uuid:pk>/zmiana/", advisers_views.edit, name="adviser_edit"),
    path(
        "doradcy/<uuid:pk>/zaproponuj/",
        advisers_views.propose_to_unit,
        name="adviser_propose_to_unit",
    ),
    path("doradcy/<uuid:pk>/koniec/", advisers_views.end, name="adviser_end"),
    path(
        "doradcy/propozycje/<uuid:pk>/koniec/",
        advisers_views.call_off,
        name="adviser_call_off",
    ),
    path("gminy/", tenants_views.tenants, name="tenants"),
    path("gminy/postep/", tenants_views.progress, name="tenants_progress"),
    path("gminy/otworz/", tenants_views.open_many, name="tenants_open"),
    path("gminy/rejestr/", register_views.upload, name="register"),
    path("gminy/rejestr/<str:digest>/", register_views.preview, name="register_preview"),
    path("gminy/<str:code>/", unit_views.standing, name="tenant"),
    path("gminy/<str:code>/ludzie/", unit_views.people, name="tenant_people"),
    path("gminy/<str:code>/historia/", unit_views.history, name="tenant_history"),
    path("gminy/<str:code>/stan/", tenants_views.state, name="tenant_state"),
    path("gminy/<str:code>/otworz/", tenants_views.open_one, name="tenant_open"),
    path("gminy/<str:code>/doradca/", advisers_views.propose, name="adviser_propose"),
    path("gminy/<str:code>/administrator/", tenants_views.invite, name="tenant_invite"),
    path(
        "gminy/<str:code>/zaproszenie/<uuid:pk>/ponownie/",
        tenants_views.invitation_again,
        name="invitation_again",
    ),
    path(
        "gminy/<str:code>/zaproszenie/<uuid:pk>/wycofanie/",
        tenants_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("gminy/<str:code>/zawies/", tenants_views.suspend, name="tenant_suspend"),
    path("gminy/<str:code>/wznow/", tenants_views.reopen, name="tenant_reopen"),
    path("gminy/<str:code>/zamknij/", tenants_views.close, name="tenant_close"),
    path("gminy/<str:code>/liczby/", views.unit, name="unit"),
]
