"""Pages of joining and leaving."""

from django.urls import path

from tenants.accession.views import (
    annexes,
    applicants,
    community,
    decisions,
    declarations,
    leavers,
    leaving,
    recruitment,
)

app_name = "accession"

urlpatterns = [
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
    path("deklaracje/<uuid:pk>/zalacznik/", annexes.new, name="declaration_annex"),
    path("deklaracje/zalaczniki/<uuid:pk>/usuniecie/", annexes.remove, name="annex_remove"),
    path("deklaracje/<uuid:pk>/przyjecie/", decisions.accept, name="declaration_accept"),
    path("deklaracje/<uuid:pk>/zwrot/", decisions.send_back, name="declaration_return"),
    path("deklaracje/<uuid:pk>/nowa-wersja/", decisions.renew, name="declaration_renew"),
    path("deklaracje/<uuid:pk>/odmowa/", decisions.refuse, name="declaration_refuse"),
    path("instytucje/<uuid:pk>/zaproszenie/", applicants.invite, name="applicant_invite"),
    path(
        "deklaracje/<uuid:pk>/zaproszenie/koniec/", applicants.withdraw, name="applicant_withdraw"
    ),
    path("deklaracje/<uuid:pk>/przypomnienie/", applicants.remind, name="applicant_remind"),
    path(
        "deklaracje/<uuid:pk>/oswiadczenia/",
        applicants.statements,
        name="declaration_statements",
    ),
    path("deklaracje/<uuid:pk>/podpisana/", applicants.own_file, name="declaration_own_file"),
    *(
        path(
            f"deklaracje/<uuid:pk>/druk.{kind}",
            applicants.printed,
            {"kind": kind},
            name=f"declaration_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
    path("zasoby/", community.listing, name="resources"),
    path("zasoby/nowy/", community.new, name="resource_new"),
    path("zasoby/<uuid:pk>/", community.show, name="resource"),
    path("zasoby/<uuid:pk>/zmiana/", community.edit, name="resource_edit"),
    path("zasoby/<uuid:pk>/koniec/", community.end, name="resource_end"),
    path("nabor/", recruitment.listing, name="recruitments"),
    path("nabor/nowy/", recruitment.new, name="recruitment_new"),
    path("nabor/<uuid:pk>/", recruitment.show, name="recruitment"),
    path("nabor/<uuid:pk>/krok/", recruitment.step, name="recruitment_step"),
    path("nabor/<uuid:pk>/instytucja/", recruitment.link, name="recruitment_link"),
    path("nabor/<uuid:pk>/nowa-instytucja/", recruitment.enter, name="recruitment_enter"),
    path("nabor/<uuid:pk>/kontakt/", recruitment.forget, name="recruitment_forget"),
    path("instytucje/<uuid:pk>/rezygnacja/", leaving.new, name="resignation_new"),
    path(
        "instytucje/<uuid:pk>/rezygnacja/druk.<slug:kind>",
        leaving.printed,
        name="resignation_print",
    ),
    path("rezygnacje/", leaving.listing, name="resignations"),
    path("rezygnacje/<uuid:pk>/", leaving.show, name="resignation"),
    path("osrodek/wglad/<uuid:pk>/", leavers.withhold, name="view_withhold"),
    path("rozwiazanie/", leaving.dissolution, name="dissolution"),
]
