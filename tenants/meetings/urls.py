"""Pages of meetings."""

from django.urls import path

from tenants.meetings.views import (
    agenda,
    arrangements,
    deciding,
    guests,
    holding,
    invitations,
    meetings,
    minutes,
    papers,
    polls,
    recipients,
    requests,
    templates,
)

app_name = "meetings"

urlpatterns = [
    path("", meetings.listing, name="meetings"),
    path("nowe/<uuid:pk>/", meetings.new, name="meeting_new"),
    path("odbyte/<uuid:pk>/", meetings.past, name="meeting_past"),
    path("ustalenia/", arrangements.listing, name="arrangements"),
    path("ustalenia/<uuid:pk>/", arrangements.show, name="arrangement"),
    path("ustalenia/<uuid:pk>/wykonane/", arrangements.done, name="arrangement_done"),
    path("ustalenia/<uuid:pk>/niewykonane/", arrangements.not_done, name="arrangement_not_done"),
    path("ustalenia/<uuid:pk>/przekaz/", arrangements.pass_on, name="arrangement_pass"),
    path("<uuid:pk>/ustalenie/", arrangements.new, name="meeting_arrangement"),
    path(
        "<uuid:pk>/ustalenie/<uuid:arrangement>/pomin/",
        arrangements.skip,
        name="arrangement_skip",
    ),
    path("prosby/", requests.listing, name="requests"),
    path("prosby/nowa/<uuid:pk>/", requests.new, name="request_new"),
    path("prosby/<uuid:pk>/", requests.show, name="request"),
    path("prosby/<uuid:pk>/odpowiedz/", requests.answer, name="request_answer"),
    path("prosby/<uuid:pk>/odmow/", requests.refuse, name="request_refuse"),
    path("prosby/<uuid:pk>/wycofaj/", requests.withdraw, name="request_withdraw"),
    path("<uuid:pk>/gosc/", guests.new, name="guest_new"),
    path("goscie/<uuid:pk>/", guests.show, name="guest"),
    path("goscie/<uuid:pk>/odpowiedz/", guests.answer, name="guest_answer"),
    path("goscie/<uuid:pk>/wycofaj/", guests.withdraw, name="guest_withdraw"),
    path("gosc/<str:token>/", guests.by_link, name="guest_link"),
    path("do-wiadomosci/<uuid:pk>/", recipients.listing, name="recipients"),
    path("do-wiadomosci/<uuid:pk>/nowa/", recipients.new, name="recipient_new"),
    path("do-wiadomosci/osoba/<uuid:pk>/", recipients.end, name="recipient_end"),
    path("protokol-do-wiadomosci/<str:token>/", recipients.minutes_by_link, name="minutes_link"),
    path("szablony/", templates.listing, name="templates"),
    path("szablony/nowy/<uuid:pk>/", templates.new, name="template_new"),
    path("szablony/<uuid:pk>/", templates.edit, name="template_edit"),
    path("szablony/<uuid:pk>/usun/", templates.remove, name="template_remove"),
    path("<uuid:pk>/z-szablonu/", templates.add_from, name="meeting_from_template"),
    path("<uuid:pk>/jako-szablon/", templates.save, name="meeting_as_template"),
    path("<uuid:pk>/materialy/", papers.materials, name="materials"),
    path("<uuid:pk>/materialy/przygotuj/", papers.prepare, name="pack_prepare"),
    path("punkt/<uuid:pk>/plik/", papers.attach, name="item_attach"),
    path("pliki/<uuid:pk>/usun/", papers.detach, name="paper_detach"),
    *(
        path(f"<uuid:pk>/materialy.{kind}", papers.pack, {"kind": kind}, f"pack_{kind}")
        for kind in ("pdf", "docx")
    ),
    path("prosby/<uuid:pk>/ankieta/", polls.new_for_request, name="request_poll"),
    path("ankiety/<uuid:pk>/", polls.show, name="poll"),
    path("ankiety/<uuid:pk>/wybierz/", polls.choose, name="poll_choose"),
    path("ankiety/<uuid:pk>/zakoncz/", polls.end, name="poll_end"),
    path("ankiety/odpowiedz/<uuid:pk>/", polls.answer, name="poll_answer"),
    path("ankieta/<str:token>/", polls.answer_by_link, name="poll_link"),
    path("<uuid:pk>/ankieta/", polls.new, name="meeting_poll"),
    path("<uuid:pk>/", meetings.show, name="meeting"),
    path("<uuid:pk>/zmien/", meetings.edit, name="meeting_edit"),
    path("<uuid:pk>/zwolaj/", meetings.convene, name="meeting_convene"),
    path("<uuid:pk>/odwolaj/", meetings.cancel, name="meeting_cancel"),
    path("<uuid:pk>/obecnosc/", holding.attendance, name="meeting_attendance"),
    path("<uuid:pk>/wyniki/", holding.outcomes, name="meeting_outcomes"),
    path("<uuid:pk>/zakoncz/", holding.close, name="meeting_close"),
    path("<uuid:pk>/punkt/", agenda.add, name="meeting_item"),
    path("zaproszenie/<uuid:pk>/", invitations.answer, name="invitation_answer"),
    path("odpowiedz/<str:token>/", invitations.answer_by_link, name="answer"),
    path("punkt/<uuid:pk>/", agenda.edit, name="item_edit"),
    path("punkt/<uuid:pk>/usun/", agenda.remove, name="item_remove"),
    path("punkt/<uuid:pk>/decyzja/", deciding.decide, name="item_decide"),
    path("punkt/<uuid:pk>/stanowisko/", deciding.position, name="item_position"),
    path("punkt/<uuid:pk>/glos/", deciding.voice, name="item_voice"),
    path("punkt/<uuid:pk>/wylacz/", deciding.exclude, name="item_exclude"),
    path("wylaczenie/<uuid:pk>/usun/", deciding.include, name="item_include"),
    path("punkt/<uuid:pk>/przesun/", agenda.move, name="item_move"),
    path("<uuid:pk>/protokol/", minutes.begin, name="meeting_minutes"),
    path("protokoly/<uuid:pk>/", minutes.show, name="minutes"),
    path("protokoly/punkt/<uuid:pk>/", minutes.edit, name="minutes_text"),
    path("protokoly/<uuid:pk>/do-uwag/", minutes.ask, name="minutes_ask"),
    path("protokoly/<uuid:pk>/uwaga/", minutes.remark, name="minutes_remark"),
    path("protokoly/uwagi/<uuid:pk>/", minutes.answer, name="minutes_answer"),
    path("protokoly/<uuid:pk>/zatwierdz/", minutes.approve, name="minutes_approve"),
    path("protokoly/<uuid:pk>/sprostowanie/", minutes.rectify, name="minutes_rectify"),
    path("protokoly/<uuid:pk>/wyciag/", minutes.extract, name="minutes_extract"),
    *(
        path(f"<uuid:pk>/lista.{kind}", minutes.attendance_list, {"kind": kind}, f"list_{kind}")
        for kind in ("pdf", "docx")
    ),
    *(
        path(
            f"protokoly/<uuid:pk>/projekt.{kind}",
            minutes.printed,
            {"kind": kind},
            f"minutes_{kind}",
        )
        for kind in ("pdf", "docx")
    ),
]
