"""Pages of what is said between meetings."""

from django.urls import path

from tenants.dialogue.views import contacts, correspondence, disputes, held, notes, risks

app_name = "dialogue"

urlpatterns = [
    path("ryzyka/", risks.listing, name="risks"),
    path("ryzyka/nowe/<uuid:pk>/", risks.new, name="risk_new"),
    path("ryzyka/<uuid:pk>/", risks.show, name="risk"),
    path("ryzyka/<uuid:pk>/dopisz/", risks.add, name="risk_add"),
    path("ryzyka/<uuid:pk>/dzialania/", risks.handle, name="risk_handle"),
    path("ryzyka/<uuid:pk>/zamknij/", risks.close, name="risk_close"),
    path("ryzyka/<uuid:pk>/wycofaj/", risks.withdraw, name="risk_withdraw"),
    path("ryzyka/<uuid:pk>/do-porzadku/", risks.place, name="risk_place"),
    path("ryzyko/<str:token>/", risks.by_link, name="risk_link"),
    path("korespondencja/", correspondence.listing, name="threads"),
    path("korespondencja/nowa/<uuid:pk>/", correspondence.new, name="thread_new"),
    path("korespondencja/czeka/", held.listing, name="helds"),
    path("korespondencja/czeka/<uuid:pk>/", held.show, name="held"),
    path("korespondencja/czeka/<uuid:pk>/wyslij/", held.send, name="held_send"),
    path("korespondencja/czeka/<uuid:pk>/odrzuc/", held.discard, name="held_discard"),
    path("korespondencja/przechowywanie/", held.retention, name="retention"),
    path("korespondencja/przechowywanie/ustal/", held.retention_set, name="retention_set"),
    path("korespondencja/<uuid:pk>/", correspondence.show, name="thread"),
    path("korespondencja/<uuid:pk>/odpowiedz/", correspondence.answer, name="thread_answer"),
    path("korespondencja/<uuid:pk>/zamknij/", correspondence.close, name="thread_close"),
    path("spory/", disputes.listing, name="disputes"),
    path("spory/nowy/<uuid:pk>/", disputes.new, name="dispute_new"),
    path("spory/<uuid:pk>/", disputes.show, name="dispute"),
    path("spory/<uuid:pk>/mediacja/", disputes.take_on, name="dispute_take_on"),
    path("spory/<uuid:pk>/mediator/", disputes.propose_mediator, name="dispute_mediator"),
    path("spory/<uuid:pk>/ugoda/", disputes.propose_settlement, name="dispute_settlement"),
    path("spory/<uuid:pk>/krok/", disputes.add_step, name="dispute_step"),
    path("spory/<uuid:pk>/zakoncz/", disputes.end, name="dispute_end"),
    path("spory/<uuid:pk>/wycofaj/", disputes.withdraw, name="dispute_withdraw"),
    path("spory/propozycje/<uuid:pk>/", disputes.answer, name="dispute_answer"),
    path("notatki/", notes.listing, name="notes"),
    path("notatki/nowa/<uuid:pk>/", notes.new, name="note_new"),
    path("notatki/<uuid:pk>/", notes.show, name="note"),
    path("notatki/<uuid:pk>/zmien/", notes.edit, name="note_edit"),
    path("notatki/<uuid:pk>/podpisz/", notes.sign, name="note_sign"),
    path("notatki/<uuid:pk>/wyrzuc/", notes.discard, name="note_discard"),
    path("notatki/<uuid:pk>/uzupelnij/", notes.supplement, name="note_supplement"),
    path("notatka/<str:token>/", notes.by_link, name="note_link"),
    path("kontakty/", contacts.listing, name="contacts"),
    path("kontakty/nowy/<uuid:pk>/", contacts.new, name="contact_new"),
    path("kontakty/<uuid:pk>/", contacts.show, name="contact"),
    path("kontakty/<uuid:pk>/popraw/", contacts.correct, name="contact_correct"),
    path("kontakty/<uuid:pk>/dopisz/", contacts.add, name="contact_add"),
    path("kontakty/<uuid:pk>/notatka/", notes.from_contact, name="contact_note"),
]
