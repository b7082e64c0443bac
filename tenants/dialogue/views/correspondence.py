"""Correspondence: the list of threads, one of them, how one writes, answers and closes it (REG §6.2)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.tenancy.context import writing
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.dialogue.actions import correspondence as acts
from tenants.dialogue.forms.correspondence import NewThreadForm, ThreadAnswerForm, ThreadsFilter
from tenants.dialogue.models.correspondence import HeldAnswer, Retention, Thread
from tenants.dialogue.perms import correspondence as perms
from tenants.dialogue.perms.sides import writes_for
from tenants.dialogue.said import said_in, threads_with
from tenants.dialogue.views.risks import find_team
from tenants.dialogue.workflow import HeldState, ThreadState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tenants.teams.perms import readable_on
from tenants.teams.sides import in_words

LIST = ("Korespondencja", "dialogue:threads")
_COLUMNS = (
    Column("temat", "Temat", "subject", is_link=True),
    Column("numer", "Numer", str, sort="number"),
    Column("kto", "Kto zaczął", "begun_by", sort=polish_order("organisation__name")),
    Column("ostatnia", "Ostatnia wiadomość", "last_at", sort="last_at"),
    Column("ile", "Wiadomości", "count", sort="count", is_number=True),
    Column("nowe", "Do przeczytania", lambda row: _news(row)),
    Column("stan", "Stan", "get_state_display", sort="state"),
)
_ROWS = Thread.objects.select_related("team", "person", "organisation")
find = visible(_ROWS, perms.see_thread, "Nie ma takiej korespondencji")
WHY_ALL = (
    "Wiadomość dostają od razu wszyscy, którzy mają miejsce w zespole. Nie ma listy adresatów, "
    "z której można kogoś wybrać, bo korespondencja Partnerstwa idzie równocześnie do każdego "
    "Kooperanta (§ 6 ust. 2 regulaminu). Rozmowę dwóch stron zapisuje się potem w notatce "
    "służbowej (§ 6 ust. 1)."
)


def _news(row: Any) -> str:
    left = row.count - row.read_to
    return f"nowe: {left}" if left > 0 else ""


def crumbs_of(thread: Thread) -> list[tuple[str, str]]:
    return [LIST, (str(thread), thread.url)]


@page(perms.see_threads)
def listing(request: PersonRequest) -> HttpResponse:
    form = ThreadsFilter(request.GET)
    chosen, today = form.chosen, readable_on(request.person, timezone.localdate())
    rows = Thread.objects.read_by(request.person).with_reading(request.person)
    if words := chosen.get("szukaj"):
        rows = rows.filter(pk__in=[row.pk for row in threads_with(request.person, words)])
    if state := chosen.get("stan"):
        rows = rows.filter(state=state)
    table = Table(
        request,
        (rows.unread() if chosen.get("nowe") else rows).select_related("team", "organisation"),
        _COLUMNS,
        LIST[0],
        default="-ostatnia",
        empty="Żadna korespondencja nie odpowiada wybranym warunkom.",
        nothing="Nikt jeszcze nie napisał do wszystkich członków zespołu.",
    )
    return list_page(
        request,
        table,
        form,
        template="dialogue/threads.html",
        lead="Każda wiadomość i każda odpowiedź idzie od razu do wszystkich członków zespołu "
        "(§ 6 ust. 2 regulaminu).",
        writes=[team for team in today if perms.write(request.person, team)],
        held=_held_by(request.person),
        retention=Retention.on(timezone.localdate()),
    )


def _held_by(person: Person) -> int:
    """The number of answers that wait for the person, who runs some team."""
    runs = [team for team in teams.readable(person) if teams.run(person, team)]
    waiting = HeldAnswer.objects.filter(state=HeldState.WAITING, thread__team__in=runs)
    return waiting.count() if runs else 0


@page(perms.see_thread, find)
def show(request: PersonRequest, thread: Thread) -> HttpResponse:
    person, said = request.person, said_in(thread, request.person)
    with writing():
        acts.note_reading(account_id=request.actor.account_id, person=person, thread=thread)
    context = {
        "thread": thread,
        "said": said,
        "can_answer": thread.is_open and perms.answer(person, thread),
        "can_close": thread.is_open and perms.close_thread(person, thread),
        "held": [one for one in _waiting(thread) if perms.decide(person, one)],
        "retention": Retention.on(timezone.localdate()),
    }
    return render(request, "dialogue/thread.html", context)


def _waiting(thread: Thread) -> list[HeldAnswer]:
    rows = thread.held.filter(state=HeldState.WAITING).select_related("seat")
    return list(rows.defer("sender", "text", "refused", "decision"))


@step(perms.write, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        NewThreadForm(**sent(request), speaks_for=in_words(writes_for(request.person, team))),
        partial(acts.begin, by=request.actor, team_id=team.pk),
        said="Wysłano. Wiadomość idzie do wszystkich członków zespołu.",
        to=lambda thread: thread.url,
        back=LIST[1],
        title=f"Napisz do wszystkich członków {team.law.genitive}",
        lead=WHY_ALL,
        crumbs=[LIST],
        last="Nowa wiadomość",
        submit="Wyślij do wszystkich",
    )


@step(perms.answer, find)
def answer(request: PersonRequest, thread: Thread) -> HttpResponse:
    speaks = in_words(writes_for(request.person, thread.team))
    return form_page(
        request,
        ThreadAnswerForm(**sent(request), speaks_for=speaks),
        partial(acts.answer, by=request.actor, thread_id=thread.pk),
        ready=partial(acts.require_open, thread),
        said="Wysłano. Odpowiedź idzie do wszystkich członków zespołu.",
        to=thread.url,
        title="Odpowiedz wszystkim",
        lead=f"{thread}: {thread.subject}. {WHY_ALL}",
        crumbs=crumbs_of(thread),
        submit="Wyślij do wszystkich",
    )


@step(perms.close_thread, find)
def close(request: PersonRequest, thread: Thread) -> HttpResponse:
    by: Actor = request.actor
    return question(
        request,
        SeenForm(**sent(request), row=thread),
        partial(acts.close, by=by, thread_id=thread.pk),
        ready=partial(require_may, thread, ThreadState.CLOSED, by),
        question="Zamknąć korespondencję?",
        consequence="Nikt już na nią nie odpowie, a odpowiedzi, które przyjdą e-mailem, odłożymy. "
        "Wiadomości zostaną na stronie.",
        undo="Zamkniętej korespondencji nie można otworzyć, ale można napisać nową wiadomość.",
        danger=False,
        button="Zamknij korespondencję",
        said="Zamknięto korespondencję.",
        to=thread.url,
        clause=perms.close_thread.clause,
        crumbs=crumbs_of(thread),
    )
