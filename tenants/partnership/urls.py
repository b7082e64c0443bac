"""Pages of the partnership: institutions, declarations, members, the office."""

from django.urls import path

from tenants.partnership.views import (
    accessibility,
    decisions,
    declarations,
    members,
    office,
    organisations,
    regulation,
    word_templates,
)

app_name = "partnership"

urlpatterns = [
    path("czlonkowie/", members.register, name="members"),
    path("instytucje/", organisations.listing, name="organisations"),
    path("instytucje/nowa/", organisations.new, name="organisation_new"),
    path("instytucje/<uuid:pk>/", organisations.show, name="organisation"),
    path("instytucje/<uuid:pk>/zmiana/", organisations.edit, name="organisation_edit"),
    path("deklaracje/", declarations.listing, name="declarations"),
    path("deklaracje/nowa/", declarations.new, name="declaration_new"),
    path("deklaracje/<uuid:pk>/", declarations.show, name="declaration"),
    path("deklaracje/<uuid:pk>/podpis/", declarations.signatory, name="declaration_signatory"),
    path(
        "deklaracje/<uuid:pk>/koordynator/",
        declarations.coordinator,
        name="declaration_coordinator",
    ),
    path("deklaracje/<uuid:pk>/zlozenie/", declarations.file, name="declaration_file"),
    path("deklaracje/<uuid:pk>/przyjecie/", decisions.accept, name="declaration_accept"),
    path("deklaracje/<uuid:pk>/zwrot/", decisions.send_back, name="declaration_return"),
    path("deklaracje/<uuid:pk>/odmowa/", decisions.refuse, name="declaration_refuse"),
    path("osrodek/", office.show, name="office"),
    path("osrodek/dane/", office.edit, name="office_edit"),
    path("osrodek/lider/", office.become_lead, name="become_lead"),
    path("osrodek/zaproszenie/", office.invite, name="invite_colleague"),
    path("osrodek/role/<uuid:pk>/koniec/", office.end_role, name="end_role"),
    path("osrodek/szablony/", word_templates.listing, name="word_templates"),
    path("osrodek/szablony/<str:kind>/", word_templates.show, name="word_template"),
    path(
        "osrodek/szablony/<str:kind>/platforma/",
        word_templates.download,
        name="word_template_download",
    ),
    path("osrodek/szablony/<str:kind>/powrot/", word_templates.reset, name="word_template_reset"),
    path("osrodek/dostepnosc/", accessibility.edit, name="accessibility_edit"),
    path("regulamin/", regulation.in_force, name="regulations"),
    path("regulamin/<uuid:pk>/", regulation.show, name="regulation"),
    path("regulamin/<uuid:pk>/parametry/", regulation.parameters, name="regulation_parameters"),
    path("regulamin/<uuid:pk>/ustalenia/", regulation.points, name="regulation_points"),
    path("regulamin/<uuid:pk>/tresc/", regulation.clauses, name="regulation_clauses"),
    path("regulamin/<uuid:pk>/przyjecie/", regulation.adopt, name="regulation_adopt"),
]
