"""Requests for a meeting and their answers (REG §2.5 s.1)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.meetings import perms
from tenants.meetings.actions import requesting
from tenants.meetings.forms.requests import (
    AnswerRequestForm,
    NewMeetingRequestForm,
    RefuseRequestForm,
)
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.views.meetings import LIST, find_team
from tenants.meetings.workflow import PollState, RequestState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Organisation
from tenants.teams.models import Team

_KINDS = {
    RequestState.ASKED: "wait",
    RequestState.ANSWERED: "ok",
    RequestState.REFUSED: "stop",
    RequestState.WITHDRAWN: "neutral",
}
_COLUMNS = (
    Column(
        "instytucja",
        "Instytucja",
        "organisation",
        sort=polish_order("organisation__name"),
        is_link=True,
    ),
    Column("zespol", "Zespół", "team", sort="team__kind"),
    Column("dnia", "Złożona", "created_at", sort="created_at"),
    Column("stan", "Stan", "get_state_display", sort="state"),
)
_ROWS = MeetingRequest.objects.select_related("team", "organisation", "person", "meeting__team")
find_request = visible(_ROWS, perms.see_request, "Nie ma takiej prośby")
REQUESTS = ("Prośby o spotkanie", "meetings:requests")


@page(perms.see_requests)
def listing(request: PersonRequest) -> HttpResponse:
    table = Table(
        request,
        perms.requests_of(request.person).select_related("team", "organisation"),
        _COLUMNS,
        "Prośby o spotkanie",
        default="-dnia",
        nothing="Nikt jeszcze nie prosił o spotkanie.",
    )
    return list_page(
        request,
        table,
        lead="Spotkanie zwołuje Lider z własnej inicjatywy albo na prośbę kooperanta "
        "(§ 2 ust. 5 regulaminu).",
        crumbs=[LIST],
    )


@page(perms.see_request, find_request)
def show(request: PersonRequest, asked: MeetingRequest) -> HttpResponse:
    context = {
        "asked": asked,
        "kind": _KINDS[RequestState(asked.state)],
        # One that is still in preparation is known to nobody else.
        "can_open": asked.meeting is not None and perms.see_meeting(request.person, asked.meeting),
        "poll": asked.polls.filter(state=PollState.OPEN).first() if asked.is_open else None,
        "can_answer": asked.is_open and perms.answer_request(request.person, asked),
        "can_withdraw": asked.is_open and perms.withdraw_request(request.person, asked),
    }
    return render(request, "meetings/request.html", context)


@step(perms.ask, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    mine = Organisation.objects.filter(pk__in=perms.asks_for(request.person, team))
    return form_page(
        request,
        NewMeetingRequestForm(
            **sent(request), organisations=list(mine.order_by(polish_order("name"), "pk"))
        ),
        partial(requesting.ask, by=request.actor, team_id=team.pk),
        said="Wysłano prośbę. Odpowiedź przyjdzie jako wiadomość.",
        to=lambda asked: asked.url,
        title="Prośba o spotkanie",
        lead=f"Spotkanie {team.law.genitive}. Odpowiedzią jest termin albo powód odmowy "
        "(§ 2 ust. 5 regulaminu).",
        crumbs=[LIST, REQUESTS],
        back=LIST[1],
        submit="Wyślij prośbę",
    )


@step(perms.answer_request, find_request)
def answer(request: PersonRequest, asked: MeetingRequest) -> HttpResponse:
    meetings = list(requesting.meetings_for(asked, timezone.localdate()))

    def ready() -> None:
        require_may(asked, RequestState.ANSWERED, request.actor)
        if not meetings:
            raise _nothing_prepared(asked)

    return form_page(
        request,
        AnswerRequestForm(**sent(request), row=asked, meetings=meetings),
        partial(requesting.answer, by=request.actor, request_id=asked.pk),
        ready=ready,
        said="Wskazano spotkanie. Instytucja dostała wiadomość z terminem.",
        to=asked.url,
        title="Wskaż spotkanie",
        lead="Instytucja, która prosi, dowie się, na którym spotkaniu zespół zajmie się sprawą.",
        crumbs=[LIST, REQUESTS, (str(asked), asked.url)],
    )


def _nothing_prepared(asked: MeetingRequest) -> Problem:
    return Problem(
        "Nie ma jeszcze spotkania, które można wskazać",
        "Przygotuj spotkanie, a potem wróć tu i wskaż je.",
        kept=NOTHING_SAVED,
        at=asked,
    )


@step(perms.answer_request, find_request)
def refuse(request: PersonRequest, asked: MeetingRequest) -> HttpResponse:
    return question(
        request,
        RefuseRequestForm(**sent(request), row=asked),
        partial(requesting.refuse, by=request.actor, request_id=asked.pk),
        ready=partial(require_may, asked, RequestState.REFUSED, request.actor),
        question="Odmówić zwołania spotkania?",
        consequence="Instytucja, która prosi, dostanie wiadomość i przeczyta powód.",
        clause=perms.answer_request.clause,
        button="Odmów",
        said="Odmówiono. Instytucja dostała wiadomość.",
        to=asked.url,
        crumbs=[LIST, REQUESTS, (str(asked), asked.url)],
    )


@step(perms.withdraw_request, find_request)
def withdraw(request: PersonRequest, asked: MeetingRequest) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=asked),
        partial(requesting.withdraw, by=request.actor, request_id=asked.pk),
        ready=partial(require_may, asked, RequestState.WITHDRAWN, request.actor),
        question="Wycofać prośbę o spotkanie?",
        consequence="Nikt nie będzie już czekał na odpowiedź.",
        undo="Prośbę można potem złożyć jeszcze raz.",
        button="Wycofaj prośbę",
        said="Wycofano prośbę.",
        to=asked.url,
        crumbs=[LIST, REQUESTS, (str(asked), asked.url)],
    )
