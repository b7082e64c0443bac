"""Pages of agreements."""

from django.urls import path

from tenants.agreements.views import (
    accessions,
    additions,
    amended_clauses,
    amendment_signing,
    amendments,
    annexes,
    comments,
    copies,
    departures,
    drafts,
    force,
    numbers,
    parties,
    people,
    publicity,
    sending,
    sharing,
    signing,
)

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
    path("<uuid:pk>/ogloszenie/", force.publish, name="agreement_publish"),
    path("<uuid:pk>/strona/", parties.new, name="party_new"),
    path("strony/<uuid:pk>/", parties.edit, name="party"),
    path("strony/<uuid:pk>/usuniecie/", parties.remove, name="party_remove"),
    path("strony/<uuid:pk>/osoba/", parties.name_person, name="contact_new"),
    path("osoby/<uuid:pk>/", parties.edit_person, name="contact"),
    path("osoby/<uuid:pk>/koniec/", parties.end_person, name="contact_end"),
    path("strony/<uuid:pk>/zaproszenie/", people.invite, name="party_invite"),
    path("strony/<uuid:pk>/rejestr/", people.link, name="party_link"),
    path("role/<uuid:pk>/koniec/", people.release, name="party_release"),
    path("<uuid:pk>/dodatek/", additions.new, name="addition_new"),
    path("dodatki/<uuid:pk>/", additions.edit, name="addition"),
    path("dodatki/<uuid:pk>/usuniecie/", additions.remove, name="addition_remove"),
    path("<uuid:pk>/do-podpisu/", sending.send, name="agreement_send"),
    path("<uuid:pk>/cofniecie/", sending.take_back, name="agreement_take_back"),
    path("<uuid:pk>/do-podpisu.pdf", sending.file_to_sign, name="agreement_to_sign"),
    *(
        path(
            f"<uuid:pk>/obowiazuje.{kind}",
            sending.final,
            {"kind": kind},
            name=f"agreement_final_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
    path("strony/<uuid:pk>/podpis/", signing.sign, name="party_sign"),
    path("strony/<uuid:pk>/odmowa/", signing.refuse, name="party_refuse"),
    path("strony/<uuid:pk>/powrot/", signing.come_back, name="party_return"),
    path("podpisy/<uuid:pk>/", signing.show, name="signature"),
    # Its life after force.
    path("strony/<uuid:pk>/odejscie/", departures.leave, name="party_leave"),
    path("strony/<uuid:pk>/nazwa/", departures.rename, name="party_rename"),
    path("strony/<uuid:pk>/nastepca/", departures.merge, name="party_merge"),
    path("odejscia/<uuid:pk>/wycofanie/", departures.stay, name="departure_withdraw"),
    path("<uuid:pk>/koniec/", departures.end, name="agreement_end"),
    path("konce/<uuid:pk>/wycofanie/", departures.go_on, name="ending_withdraw"),
    # The draft before its parties.
    path("<uuid:pk>/udostepnienie/", sharing.share, name="agreement_share"),
    path("<uuid:pk>/udostepnienie/koniec/", sharing.unshare, name="agreement_unshare"),
    path("<uuid:pk>/uwagi/", comments.listing, name="agreement_comments"),
    path("<uuid:pk>/uwagi/nowa/", comments.new, name="agreement_comment_new"),
    path("aneksy/<uuid:pk>/uwagi/", comments.listing_of_amendment, name="amendment_comments"),
    path("aneksy/<uuid:pk>/uwagi/nowa/", comments.new_on_amendment, name="amendment_comment_new"),
    path("uwagi/<uuid:pk>/", comments.show, name="comment"),
    path("uwagi/<uuid:pk>/odpowiedz/", comments.answer, name="comment_answer"),
    path("uwagi/<uuid:pk>/zamkniecie/", comments.close, name="comment_close"),
    # In force: who accedes later, whom the parties name, what is public.
    path("publicznie/", publicity.publicly, name="agreements_public"),
    path("<uuid:pk>/przystapienie/", accessions.new, name="accession_new"),
    path("strony/<uuid:pk>/przystapienie/", accessions.again, name="accession_again"),
    path("przystapienia/<uuid:pk>/", accessions.show, name="accession"),
    path("przystapienia/<uuid:pk>/podpis/", accessions.sign, name="accession_sign"),
    path("przystapienia/<uuid:pk>/wycofanie/", accessions.withdraw, name="accession_withdraw"),
    path("<uuid:pk>/osoby/", annexes.show, name="annex"),
    path("<uuid:pk>/osoby/roznice/", annexes.difference, name="annex_changes"),
    *(
        path(
            f"wykazy/<uuid:pk>/wykaz.{kind}", annexes.printed, {"kind": kind}, name=f"annex_{kind}"
        )
        for kind in ("pdf", "docx")
    ),
    path("osoby/<uuid:pk>/zgoda/", annexes.agree, name="consent_new"),
    path("osoby/<uuid:pk>/zgoda/cofniecie/", annexes.withdraw, name="consent_withdraw"),
    path("<uuid:pk>/upublicznienie/", publicity.listing, name="publicity"),
    path("strony/<uuid:pk>/upublicznienie/", publicity.new, name="publicity_new"),
    path("strony/<uuid:pk>/siedziba/", publicity.seat, name="party_seat"),
    # Aneksy.
    path("<uuid:pk>/aneks/", amendments.new, name="amendment_new"),
    path("aneksy/<uuid:pk>/", amendments.show, name="amendment"),
    path("aneksy/<uuid:pk>/pola/", amendments.edit, name="amendment_edit"),
    path("aneksy/<uuid:pk>/udostepnienie/", amendments.share, name="amendment_share"),
    path("aneksy/<uuid:pk>/do-podpisu/", amendments.send, name="amendment_send"),
    path("aneksy/<uuid:pk>/cofniecie/", amendments.take_back, name="amendment_take_back"),
    path("aneksy/<uuid:pk>/odrzucenie/", amendments.discard, name="amendment_discard"),
    path("aneksy/<uuid:pk>/do-podpisu.pdf", amendments.file_to_sign, name="amendment_to_sign"),
    *(
        path(
            f"aneksy/<uuid:pk>/aneks.{kind}",
            amendments.printed,
            {"kind": kind},
            name=f"amendment_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
    *(
        path(
            f"aneksy/<uuid:pk>/zmiana/{words}/",
            amended_clauses.new,
            {"kind": kind},
            name=f"amended_{kind.lower()}",
        )
        for kind, words in {
            "TEXT": "brzmienie",
            "ADDED": "nowe",
            "REMOVED": "skreslenie",
            "RHYTHM": "czestosc",
            "PLACE": "miejsce",
            "UNITS": "gminy",
        }.items()
    ),
    path("aneksy/zmiany/<uuid:pk>/", amended_clauses.edit, name="amended_clause"),
    path(
        "aneksy/zmiany/<uuid:pk>/usuniecie/", amended_clauses.remove, name="amended_clause_remove"
    ),
    path("aneksy/strony/<uuid:pk>/podpis/", amendment_signing.sign, name="amendment_side_sign"),
    path("aneksy/strony/<uuid:pk>/odmowa/", amendment_signing.refuse, name="amendment_side_refuse"),
    path(
        "aneksy/strony/<uuid:pk>/powrot/", amendment_signing.come_back, name="amendment_side_return"
    ),
    # Numbers and copies.
    path("numery/", numbers.listing, name="numbers"),
    path("numery/sposob/", numbers.rule, name="number_rule"),
    path("<uuid:pk>/egzemplarze/", copies.listing, name="agreement_copies"),
    path("<uuid:pk>/egzemplarze/przekazanie/", copies.hand_over, name="agreement_copy_new"),
]
