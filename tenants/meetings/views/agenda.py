"""The agenda of a meeting is written (REG §2.5)."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.polish import quoted
from tenants.meetings import perms
from tenants.meetings.actions import agenda
from tenants.meetings.forms.meetings import EditItemForm, NewItemForm
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


def item_of(person: Person, pk: UUID) -> tuple[Meeting, AgendaItem]:
    """The item of an address, after its meeting, which says who may."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__team"), pk=pk)
    return find(person, item.meeting_id), item


@step(perms.run, find)
def add(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        NewItemForm(**sent(request)),
        partial(agenda.add_item, by=request.actor, meeting_id=meeting.pk),
        ready=partial(agenda.require_agenda, meeting),
        said="Dodano punkt.",
        to=meeting.url,
        title="Nowy punkt porządku obrad",
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, item_of)
def edit(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    return form_page(
        request,
        EditItemForm(**sent(request), item=item),
        partial(agenda.edit_item, by=request.actor, item_id=item.pk),
        ready=partial(agenda.require_agenda, meeting),
        said="Zapisano punkt.",
        to=meeting.url,
        title="Zmień punkt porządku obrad",
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, item_of)
def remove(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(agenda.remove_item, by=request.actor, item_id=item.pk),
        ready=partial(agenda.require_unended, item),
        question="Usunąć punkt z porządku obrad?",
        consequence=f"Zniknie punkt {item.position}: {quoted(item.title)}.",
        button="Usuń punkt",
        said="Usunięto punkt.",
        to=meeting.url,
        crumbs=crumbs_of(meeting),
    )


@page(perms.run, item_of, methods=["POST"])
def move(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    """Let it change places with its neighbour: `wyzej` or not."""
    agenda.move_item(by=request.actor, item_id=item.pk, earlier="wyzej" in request.POST)
    return redirect(f"{meeting.url}#porzadek")
