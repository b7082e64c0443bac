"""A poll of dates: proposed, answered on its page or by the link of the mail, closed (REG §2.5)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kooperacja.ops.context import current_request_id
from kooperacja.pages import ACTING, form_page, page, question, sent, step
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.problems import Missing
from kooperacja.workflow import require_may
from tenants.meetings import perms
from tenants.meetings.actions import polling
from tenants.meetings.addressed import recipient_of, title_of, visitor
from tenants.meetings.forms.polls import (
    ChooseDateForm,
    EndPollForm,
    NewPollForm,
    PollAnswerForm,
)
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.polled import (
    asked,
    by_token,
    standings,
)
from tenants.meetings.views.meetings import LIST, crumbs_of, find
from tenants.meetings.views.requests import REQUESTS, find_request
from tenants.meetings.workflow import PollState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person

_KINDS = {PollState.OPEN: "wait", PollState.AGREED: "ok", PollState.ENDED: "stop"}
_LEAD = (
    "Zapytamy każdego, kto ma miejsce w zespole; nikogo nie można pominąć. Podaj od 2 do 10 "
    "terminów (§ 2 ust. 5 regulaminu)."
)
_SAID = "Ankieta ruszyła. Każdy, kto ma miejsce w zespole, dostał wiadomość."
_find = visible(
    DatePoll.objects.select_related("team", "meeting__team", "request__team"),
    perms.see_poll,
    "Nie ma takiej ankiety",
)


def _crumbs(poll: DatePoll) -> list[tuple[str, str]]:
    return [LIST, (str(poll), poll.url)]


@step(perms.run, find)
def new(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        NewPollForm(**sent(request)),
        partial(polling.propose, by=request.actor, meeting_id=meeting.pk),
        ready=partial(polling.require_proposing, meeting),
        said=_SAID,
        to=lambda poll: poll.url,
        title="Ankieta terminów",
        lead=_LEAD,
        crumbs=crumbs_of(meeting),
        back=meeting.url,
        submit="Zapytaj o terminy",
    )


@step(perms.answer_request, find_request)
def new_for_request(request: PersonRequest, wanted: MeetingRequest) -> HttpResponse:
    return form_page(
        request,
        NewPollForm(**sent(request)),
        partial(polling.propose_for_request, by=request.actor, request_id=wanted.pk),
        ready=partial(polling.require_proposing_for, wanted, request.actor),
        said=_SAID,
        to=lambda poll: poll.url,
        title="Ankieta terminów",
        lead=f"{_LEAD} Wybrany termin będzie odpowiedzią na prośbę.",
        crumbs=[LIST, REQUESTS, (str(wanted), wanted.url)],
        back=wanted.url,
        submit="Zapytaj o terminy",
    )


@page(perms.see_poll, _find)
def show(request: PersonRequest, poll: DatePoll) -> HttpResponse:
    """The dates for everybody; who answered what, for whoever runs the team."""
    today, can_run = request.actor.today, perms.run_poll(request.person, poll)
    people = asked(poll, today)
    takes = poll.takes_answers(today)
    context = {
        "poll": poll,
        "kind": _KINDS[PollState(poll.state)],
        "takes": takes,
        "can_run": can_run,
        "can_close": can_run and poll.is_open,
        "standings": standings(poll, people, timezone.now()),
        "silent": [
            (row, recipient_of(row) is not None) for row in people if row.answered_at is None
        ],
        "answered": len([row for row in people if row.answered_at]),
        "asked": len(people),
        "mine": [row for row in people if takes and _is_mine(request.person, poll, row)],
        "meeting": poll.meeting
        if poll.meeting and perms.see_meeting(request.person, poll.meeting)
        else None,
        "wanted": poll.request
        if poll.request and perms.see_request(request.person, poll.request)
        else None,
    }
    return render(request, "meetings/poll.html", context)


def _is_mine(person: Person, poll: DatePoll, row: PollRespondent) -> bool:
    row.poll = poll
    return perms.answer_poll(person, row)


def _respondent(person: Person, pk: UUID) -> PollRespondent:
    row = get_object_or_404(PollRespondent.objects.select_related("person", "organisation"), pk=pk)
    row.poll = _find(person, row.poll_id)
    return row


@step(perms.answer_poll, _respondent)
def answer(request: PersonRequest, row: PollRespondent) -> HttpResponse:
    poll = row.poll
    return form_page(
        request,
        PollAnswerForm(**sent(request), respondent=row),
        partial(polling.answer, by=request.actor, respondent_id=row.pk),
        ready=partial(polling.require_answerable, row, request.actor.today),
        said="Zapisano odpowiedź.",
        to=poll.url,
        template="meetings/poll_answer.html",
        title="Kiedy możesz się spotkać?",
        crumbs=_crumbs(poll),
        submit="Zapisz odpowiedź",
        poll=poll,
        respondent=row,
        what=title_of(poll.team),
        is_open=True,
    )


@public
@require_http_methods(ACTING)
def answer_by_link(request: TenantRequest, token: str) -> HttpResponse:
    """Without signing in; looking at it changes nothing, since programs open links of mails too."""
    row = by_token(token)
    if row is None:
        raise Missing("Nie ma takiej ankiety", "Sprawdź, czy odnośnik jest cały.")
    by = visitor(row, row.poll.team, "odnośnik z ankiety", current_request_id())
    shown: dict[str, Any] = {
        "poll": row.poll,
        "respondent": row,
        "what": title_of(row.poll.team),
        "is_open": not row.poll.team.law.is_closed,
    }
    why = polling.not_answerable(row, by.today)
    if why and request.method != "POST":
        may_know = shown["is_open"] and polling.is_seated(row, by.today)
        reason = row.poll.reason if may_know else ""
        return render(request, "meetings/poll_over.html", {**shown, "why": why, "reason": reason})
    return form_page(
        request,
        PollAnswerForm(**sent(request), respondent=row),
        partial(polling.answer_by_link, by=by, respondent_id=row.pk),
        ready=partial(polling.require_answerable, row, by.today),
        said="Zapisano odpowiedź. Można ją zmienić pod tym samym odnośnikiem.",
        to=request.path,
        template="meetings/poll_answer.html",
        title="Kiedy możesz się spotkać?",
        submit="Zapisz odpowiedź",
        **shown,
    )


@step(perms.run_poll, _find)
def choose(request: PersonRequest, poll: DatePoll) -> HttpResponse:
    people = asked(poll, request.actor.today)
    return question(
        request,
        ChooseDateForm(
            **sent(request), row=poll, standings=standings(poll, people, timezone.now())
        ),
        partial(polling.agree, by=request.actor, poll_id=poll.pk),
        ready=partial(require_may, poll, PollState.AGREED, request.actor),
        question="Wybrać termin?",
        consequence="Ankieta się zakończy i nikt już w niej nie odpowie. Spotkanie dostanie wybrany "
        "termin; zaproszenia wyjdą dopiero wtedy, gdy je zwołasz.",
        undo="Termin spotkania można potem zmienić, ankiety nie można otworzyć ponownie.",
        button="Wybierz termin",
        said="Wybrano termin. Sprawdź miejsce i porządek obrad, a potem zwołaj spotkanie.",
        clause=perms.run_poll.clause,
        danger=False,
        to=lambda agreed: agreed.meeting.url,
        back=poll.url,
        crumbs=_crumbs(poll),
    )


@step(perms.run_poll, _find)
def end(request: PersonRequest, poll: DatePoll) -> HttpResponse:
    return question(
        request,
        EndPollForm(**sent(request), row=poll),
        partial(polling.end, by=request.actor, poll_id=poll.pk),
        ready=partial(require_may, poll, PollState.ENDED, request.actor),
        question="Zakończyć ankietę bez terminu?",
        consequence="Nikt już w niej nie odpowie.",
        undo="Ankiety nie można otworzyć ponownie; można założyć nową.",
        button="Zakończ bez terminu",
        said="Zakończono ankietę bez terminu.",
        to=poll.url,
        crumbs=_crumbs(poll),
    )
