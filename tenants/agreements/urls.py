"""Pages of agreements."""

from django.urls import path

from tenants.agreements.views import additions, drafts, parties

app_name = "agreements"

urlpatterns = [
    path("", drafts.listing, name="agreements"),
    path("nowe/", drafts.new, name="agreement_new"),
    path("<uuid:pk>/", drafts.show, name="agreement"),
    path("<uuid:pk>/pola/", drafts.blanks, name="agreement_blanks"),
    path("<uuid:pk>/tekst/", drafts.show_text, name="agreement_text"),
    path("<uuid:pk>/wersja/", drafts.keep, name="agreement_keep"),
    path("<uuid:pk>/roznice/", drafts.difference, name="agreement_changes"),
    path("<uuid:pk>/odrzucenie/", drafts.discard, name="agreement_discard"),
    *(
        path(f"<uuid:pk>/projekt.{kind}", drafts.printed, {"kind": kind}, name=f"agreement_{kind}")
        for kind in ("pdf", "docx")
    ),
    path("<uuid:pk>/strona/", parties.new, name="party_new"),
    path("strony/<uuid:pk>/", parties.edit, name="party"),
    path("strony/<uuid:pk>/usuniecie/", parties.remove, name="party_remove"),
    path("strony/<uuid:pk>/osoba/", parties.name_person, name="contact_new"),
    path("osoby/<uuid:pk>/", parties.edit_person, name="contact"),
    path("osoby/<uuid:pk>/koniec/", parties.end_person, name="contact_end"),
    path("<uuid:pk>/dodatek/", additions.new, name="addition_new"),
    path("dodatki/<uuid:pk>/", additions.edit, name="addition"),
    path("dodatki/<uuid:pk>/usuniecie/", additions.remove, name="addition_remove"),
]
