"""Templates of agendas (REG §2.5)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import quoted, sort_key
from tenants.meetings import perms
from tenants.meetings.actions import agenda
from tenants.meetings.actions import templates as acts
from tenants.meetings.forms.papers import (
    EditTemplateForm,
    FromTemplateForm,
    NewTemplateForm,
    SaveAgendaForm,
)
from tenants.meetings.given import given_for
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.papers import AgendaTemplate
from tenants.meetings.views.meetings import LIST, crumbs_of, find, find_team
from tenants.people.identity import PersonRequest, visible
from tenants.teams import perms as teams
from tenants.teams.models import Team

_TITLE = "Szablony porządku obrad"
_CRUMBS = [LIST, (_TITLE, "meetings:templates")]
_ROWS = (
    "Przy tym, kto przedstawia, wpisz rolę, nie nazwisko. Liczbę w „Który z kolei” zmień, żeby punkt stanął "
    "wcześniej albo później."
)
_template = visible(AgendaTemplate, perms.keep_template, "Nie ma takiego szablonu")


@page(perms.runs_somewhere)
def listing(request: PersonRequest) -> HttpResponse:
    """Own templates and given ones, for each team that one runs."""
    run = [team for team in teams.readable(request.person) if teams.run(request.person, team)]
    mine = [team for team in run if not team.law.is_closed]
    own = AgendaTemplate.objects.filter(kind__in={team.kind for team in mine})
    named = sorted(own, key=lambda one: sort_key(one.name))
    context = {
        "title": _TITLE,
        "teams": [
            (team, [one for one in named if one.kind == team.kind], given_for(team.kind))
            for team in mine
        ],
    }
    return render(request, "meetings/templates.html", context)


@step(perms.convene, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    """A new one; `wzor` names the given one that it is made of."""
    wanted = request.GET.get("wzor", "")
    given = next((one for one in given_for(team.kind) if one.code == wanted), None)
    return form_page(
        request,
        NewTemplateForm(**sent(request), given=given),
        partial(acts.save_template, by=request.actor, team_id=team.pk),
        ready=partial(acts.require_open, team),
        said="Zapisano szablon.",
        to=reverse("meetings:templates"),
        title="Nowy szablon porządku obrad",
        lead=f"Punkt bez tematu się nie liczy; po zapisaniu możesz dodać następne. {_ROWS}",
        crumbs=_CRUMBS,
    )


@step(perms.keep_template, _template)
def edit(request: PersonRequest, template: AgendaTemplate) -> HttpResponse:
    return form_page(
        request,
        EditTemplateForm(**sent(request), template=template),
        partial(acts.edit_template, by=request.actor, template_id=template.pk),
        said="Zapisano szablon.",
        to=reverse("meetings:templates"),
        title="Zmień szablon porządku obrad",
        lead="Wyczyść temat, żeby usunąć punkt. Spotkania, które już skorzystały z szablonu, nie "
        f"zmienią się. {_ROWS}",
        crumbs=_CRUMBS,
    )


@step(perms.keep_template, _template)
def remove(request: PersonRequest, template: AgendaTemplate) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=template),
        partial(acts.remove_template, by=request.actor, template_id=template.pk),
        question="Usunąć szablon?",
        consequence=f"Zniknie szablon {quoted(template.name)}. Spotkania, które już z niego "
        "skorzystały, nie zmienią się.",
        button="Usuń szablon",
        said="Usunięto szablon.",
        to=reverse("meetings:templates"),
        crumbs=_CRUMBS,
    )


@step(perms.run, find)
def add_from(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        FromTemplateForm(**sent(request), agendas=acts.agendas_for(meeting.team.kind)),
        partial(acts.add_from_template, by=request.actor, meeting_id=meeting.pk),
        ready=partial(agenda.require_agenda, meeting),
        said="Dodano punkty z szablonu.",
        to=meeting.url,
        title="Dodaj punkty z szablonu",
        lead="Punkty staną za tymi, które już są. Każdy z nich możesz potem zmienić albo usunąć.",
        crumbs=crumbs_of(meeting),
        submit="Dodaj punkty",
    )


@step(perms.run, find)
def save(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        SaveAgendaForm(**sent(request)),
        partial(acts.save_agenda, by=request.actor, meeting_id=meeting.pk),
        ready=partial(acts.require_kept, meeting),
        said="Zapisano szablon. Znajdziesz go w szablonach porządku obrad.",
        to=meeting.url,
        title="Zapisz porządek obrad jako szablon",
        lead="W szablonie będą tematy, rodzaje i czasy punktów oraz to, kto je przedstawia; bez "
        "opisów, plików i wyników.",
        crumbs=crumbs_of(meeting),
    )
