"""Pages of the regulation."""

from django.urls import path

from tenants.regulation.views import (
    acknowledgement,
    amendments,
    copies,
    recounts,
    template,
    versions,
)

app_name = "regulation"

urlpatterns = [
    path("regulamin/", versions.in_force, name="regulations"),
    path("regulamin/<uuid:pk>/", versions.show, name="regulation"),
    path("regulamin/<uuid:pk>/parametry/", versions.parameters, name="regulation_parameters"),
    path("regulamin/<uuid:pk>/ustalenia/", versions.points, name="regulation_points"),
    path("regulamin/<uuid:pk>/tresc/", versions.clauses, name="regulation_clauses"),
    path("regulamin/<uuid:pk>/przyjecie/", versions.adopt, name="regulation_adopt"),
    path("regulamin/<uuid:pk>/egzemplarz/", copies.attach, name="regulation_copy"),
    *(
        path(
            f"regulamin/<uuid:pk>/projekt.{kind}",
            copies.printed,
            {"kind": kind},
            name=f"regulation_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
    path("regulamin/wzor/", template.show, name="regulation_template"),
    path("regulamin/zmiana/", amendments.amend, name="regulation_amend"),
    path("regulamin/<uuid:pk>/roznice/", amendments.difference, name="regulation_difference"),
    path("regulamin/<uuid:pk>/glosowanie/", amendments.open_voting, name="regulation_voting"),
    path("regulamin/<uuid:pk>/glos/", amendments.vote, name="regulation_vote"),
    path("regulamin/<uuid:pk>/glos-z-pisma/", amendments.paper_vote, name="regulation_paper_vote"),
    path("regulamin/<uuid:pk>/zamkniecie/", amendments.close, name="regulation_close"),
    path("regulamin/<uuid:pk>/wycofanie/", amendments.withdraw, name="regulation_withdraw"),
    path("regulamin/<uuid:pk>/powrot/", amendments.reopen, name="regulation_reopen"),
    path("regulamin/<uuid:pk>/ponownie/", recounts.repeat, name="regulation_repeat"),
    path("regulamin/<uuid:pk>/pozostawienie/", recounts.leave, name="regulation_leave"),
    path(
        "regulamin/<uuid:pk>/zapoznanie/",
        acknowledgement.acknowledge,
        name="regulation_acknowledge",
    ),
    path("regulamin/<uuid:pk>/zapoznani/", acknowledgement.listing, name="regulation_readers"),
]
