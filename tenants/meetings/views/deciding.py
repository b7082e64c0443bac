"""A team decides on an item; somebody is left out of it (REG §2.5, §2.7)."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kooperacja.pages import form_page, question, sent, step
from tenants.meetings import perms
from tenants.meetings.actions import circulating, deciding
from tenants.meetings.actions.outcomes import require_held
from tenants.meetings.forms.deciding import DecisionForm, ExclusionForm, PositionForm, VoiceForm
from tenants.meetings.models.decisions import Decision, Exclusion
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.views.agenda import item_of
from tenants.meetings.views.meetings import crumbs_of
from tenants.meetings.voices import Base
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


@step(perms.run, item_of)
def decide(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    decision = Decision.objects.filter(item=item).select_related("item__meeting__team").first()
    form = DecisionForm(
        **sent(request),
        item=item,
        voters=deciding.voters(item),
        decision=decision,
        base=deciding.base_of(meeting),
    )
    return form_page(
        request,
        form,
        partial(deciding.decide, by=request.actor, item_id=item.pk),
        ready=partial(require_held, meeting),
        said="Zapisano decyzję.",
        to=meeting.url,
        title="Decyzja",
        eyebrow=f"{item.position}. {item.title}",
        lead="Każda obecna instytucja ma jeden głos. Kto wyszedł przed głosowaniem, nie ma głosu: "
        "zaznacz to przy jego instytucji, bo platforma nie wie, o której głosowano.",
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, item_of)
def position(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    decision = deciding.require_unagreed(item)
    return form_page(
        request,
        PositionForm(**sent(request), item=item, decision=decision),
        partial(deciding.record_position, by=request.actor, item_id=item.pk),
        ready=partial(require_held, meeting),
        said="Zapisano wspólne stanowisko.",
        to=meeting.url,
        title="Wspólne stanowisko",
        eyebrow=f"{item.position}. {item.title}",
        lead="Nie uzgodniono tego, nad czym zespół głosował. Zapisz, co mimo to jest wspólne; głosy "
        "i powody sprzeciwu zostają, jak są.",
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, item_of)
def exclude(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    return form_page(
        request,
        ExclusionForm(**sent(request), rows=deciding.may_be_excluded(item)),
        partial(deciding.exclude, by=request.actor, item_id=item.pk),
        ready=partial(deciding.require_undecided, item),
        said="Zapisano wyłączenie.",
        to=meeting.url,
        title="Wyłączenie z punktu",
        eyebrow=f"{item.position}. {item.title}",
        lead="Osoba wyłączona nie ma głosu w tym punkcie. Jeśli z jej instytucji jest ktoś jeszcze, "
        "instytucja głos zachowuje.",
        crumbs=crumbs_of(meeting),
    )


def _exclusion(person: Person, pk: UUID) -> tuple[Meeting, AgendaItem, Exclusion]:
    """The exclusion of an address, after its meeting and its item."""
    exclusion = get_object_or_404(
        Exclusion.objects.select_related("attendance__meeting__team"), pk=pk
    )
    return *item_of(person, exclusion.item_id), exclusion


@step(perms.run, _exclusion)
def include(
    request: PersonRequest, meeting: Meeting, item: AgendaItem, exclusion: Exclusion
) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(deciding.include, by=request.actor, item_id=item.pk, exclusion_id=exclusion.pk),
        ready=partial(deciding.require_undecided, item),
        question="Usunąć wyłączenie z punktu?",
        consequence=f"{exclusion.attendance.who} znowu będzie brać udział w tym punkcie.",
        undo="Wyłączenie można zapisać jeszcze raz.",
        button="Usuń wyłączenie",
        said="Usunięto wyłączenie.",
        to=meeting.url,
        crumbs=crumbs_of(meeting),
    )


_AGREED = {
    Base.PRESENT: "Stanowisko jest przyjęte, gdy nikt się nie sprzeciwi, a ktoś jest za.",
    Base.ALL: "Stanowisko jest przyjęte, gdy odpowiedzą wszystkie instytucje zespołu, nikt się nie "
    "sprzeciwi, a ktoś jest za.",
}


@step(perms.voice, item_of)
def voice(request: PersonRequest, meeting: Meeting, item: AgendaItem) -> HttpResponse:
    return form_page(
        request,
        VoiceForm(**sent(request), seats=circulating.own_seats(request.person, meeting)),
        partial(circulating.give_voice, by=request.actor, item_id=item.pk),
        ready=partial(circulating.require_open, item),
        said="Zapisano głos.",
        to=meeting.url,
        title="Głos w obiegu e-mailowym",
        eyebrow=f"{item.position}. {item.title}",
        lead=f"{_AGREED[deciding.base_of(meeting)]} Milczenie nie jest głosem. Termin: {meeting.when}.",
        crumbs=crumbs_of(meeting),
    )
