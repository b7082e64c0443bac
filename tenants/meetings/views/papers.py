"""The papers of a meeting: put to its items, read on one page, taken as a pack (REG §2.5)."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.errors import TakesLong
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.polish import quoted
from tenants.meetings import perms
from tenants.meetings.actions import agenda, attaching, packing
from tenants.meetings.attached import with_papers
from tenants.meetings.forms.papers import AttachForm
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.papers import ItemPaper
from tenants.meetings.views.agenda import item_of
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


def _paper_of(person: Person, pk: UUID) -> tuple[Meeting, ItemPaper]:
    """The paper of an address, after its meeting, which says who may."""
    paper = get_object_or_404(ItemPaper.objects.with_meeting(), pk=pk)
    return find(person, paper.item.meeting_id), paper


def _pack_of(person: Person, pk: UUID, kind: str) -> tuple[Meeting, str]:
    return find(person, pk), kind


@step(perms.run, item_of)
def attach(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    return form_page(
        request,
        AttachForm(**sent(request)),
        partial(attaching.attach, by=request.actor, item_id=item.pk),
        ready=partial(attaching.require_room, item),
        said="Dołączono plik.",
        to=meeting.url,
        title="Dołącz plik do punktu",
        lead=f"Punkt {item.position}: {item.title}",
        crumbs=crumbs_of(meeting),
        submit="Dołącz plik",
    )


@step(perms.run, _paper_of)
def detach(request: PersonRequest, meeting: Meeting, paper: ItemPaper) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(attaching.detach, by=request.actor, paper_id=paper.pk),
        ready=partial(agenda.require_agenda, meeting),
        question="Usunąć plik z punktu?",
        consequence=f"Nikt nie otworzy już pliku {quoted(paper.title)}.",
        button="Usuń plik",
        said="Usunięto plik.",
        to=meeting.url,
        crumbs=crumbs_of(meeting),
    )


@page(perms.see_meeting, find)
def materials(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Everything to read before a meeting, on one page for a phone."""
    rows = Arrangement.objects.whole(request.actor.today)
    items = [*meeting.items.select_related("carries__meeting")]
    context = {
        "meeting": meeting,
        "items": with_papers(items, request.person),
        "to_check": rows.to_check_at(meeting) if meeting.is_open else [],
        "day": request.actor.today,
    }
    return render(request, "meetings/materials.html", context)


@page(perms.see_meeting, _pack_of)
def pack(request: PersonRequest, meeting: Meeting, kind: str) -> HttpResponse:
    """The pack as a file; a large one is made in the background."""
    content_type = FORMATS[kind]
    try:
        content = packing.take_pack(
            by=request.actor, meeting_id=meeting.pk, content_type=content_type
        )
    except TakesLong:
        return redirect("meetings:pack_prepare", pk=meeting.pk)
    return file_response(content, name=packing.name_of(meeting, kind), content_type=content_type)


@step(perms.see_meeting, find)
def prepare(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """The pack that is too large to wait for."""
    at = reverse("meetings:pack_prepare", args=[meeting.pk])
    return question(
        request,
        forms.Form(**sent(request)),
        partial(packing.prepare_pack, by=request.actor, meeting_id=meeting.pk, again_at=at),
        ready=partial(packing.require_preparing, meeting),
        question="Przygotować materiały na spotkanie w jednym pliku PDF?",
        consequence="Plików jest dużo, więc PDF przygotujemy w tle. Damy znać, gdy będzie gotowy; "
        "pobierzesz go przez 7 dni.",
        undo="Niczego w spotkaniu to nie zmienia. Każdy plik otworzysz też osobno.",
        danger=False,
        button="Przygotuj PDF",
        said="",
        to=lambda prepared: prepared.url,
        back=meeting.url,
        crumbs=crumbs_of(meeting),
    )
