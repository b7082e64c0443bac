"""Topics of a team's materials, as whoever runs it keeps them."""

from functools import partial

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import quoted
from tenants.dialogue.actions import topics as acts
from tenants.dialogue.forms.materials import ChangeTopicForm, NewTopicForm
from tenants.dialogue.models.materials import MAX_TOPICS, NO_TOPIC, MaterialTopic
from tenants.dialogue.perms import materials as perms
from tenants.dialogue.views.materials import LIST
from tenants.dialogue.views.risks import find_team
from tenants.dialogue.workflow import MaterialState
from tenants.people.identity import PersonRequest, visible
from tenants.teams.models import Team

_ROWS = MaterialTopic.objects.select_related("team")
find = visible(_ROWS, perms.keep_topic, "Nie ma takiego tematu")
_TITLE = "Tematy materiałów"


def _at(team: Team) -> str:
    return reverse("dialogue:material_topics", args=[team.pk])


def _crumbs(team: Team) -> list[tuple[str, str]]:
    return [LIST, (_TITLE, _at(team))]


@page(perms.keep_topics, find_team)
def listing(request: PersonRequest, team: Team) -> HttpResponse:
    shared = Count("materials", Q(materials__state=MaterialState.SHARED))
    rows = MaterialTopic.objects.filter(team=team).select_related("team").annotate(count=shared)
    topics = list(rows.order_by("position", "pk"))
    context = {"team": team, "topics": topics, "can_add": len(topics) < MAX_TOPICS}
    return render(request, "dialogue/material_topics.html", context)


@step(perms.keep_topics, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        NewTopicForm(**sent(request), others=acts.topics_of(team)),
        partial(guarded(acts.add_topic), by=request.actor, team_id=team.pk),
        said="Dodano temat.",
        to=lambda _: _at(team),
        back=_at(team),
        title="Dodaj temat materiałów",
        lead="Krótka nazwa, po której każdy pozna, co pod nią stoi, na przykład „Wzory dokumentów”.",
        crumbs=_crumbs(team),
        submit="Dodaj temat",
    )


@step(perms.keep_topic, find)
def edit(request: PersonRequest, topic: MaterialTopic) -> HttpResponse:
    others = [one for one in acts.topics_of(topic.team) if one.pk != topic.pk]
    return form_page(
        request,
        ChangeTopicForm(**sent(request), row=topic, others=others),
        partial(guarded(acts.change_topic), by=request.actor, topic_id=topic.pk),
        said="Zapisano temat.",
        to=_at(topic.team),
        title="Zmień temat materiałów",
        lead="Materiały zostaną pod tym tematem.",
        crumbs=_crumbs(topic.team),
    )


@step(perms.keep_topic, find)
def remove(request: PersonRequest, topic: MaterialTopic) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=topic),
        partial(acts.remove_topic, by=request.actor, topic_id=topic.pk),
        question="Usunąć temat?",
        consequence=f"Zniknie temat {quoted(topic.name)}. Jego materiały zostaną i staną pod "
        f"{quoted(NO_TOPIC)}.",
        undo="Temat można dodać jeszcze raz i przenieść do niego materiały.",
        button="Usuń temat",
        said="Usunięto temat.",
        to=_at(topic.team),
        crumbs=_crumbs(topic.team),
    )
