"""The log of recruitment: institutions that were invited or asked, step by step (REG §5.1.h)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.pages import form_page, list_page, page, question, row, sent
from kooperacja.pages import step as step_page
from kooperacja.ui.polish import polish_order, stopped
from kooperacja.ui.tables import Column, Table
from tenants.accession import perms
from tenants.accession.actions import recruitment
from tenants.accession.forms.recruitment import (
    NewRecruitmentForm,
    RecruitmentFilter,
    RecruitmentLinkForm,
    RecruitmentStepForm,
)
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.needs import Need, needs_of, open_need
from tenants.accession.views.declarations import events_of
from tenants.accession.workflow import RECRUITMENT, RecruitmentState
from tenants.partnership.models import Partnership
from tenants.people.forms import NewOrganisationForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person

_CLAUSE = perms.recruit.clause
_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        "institution_name",
        sort=polish_order("institution_name"),
        is_link=True,
    ),
    Column("sektor", "Sektor", "get_sector_display", sort="sector"),
    Column("skad", "Skąd", "get_origin_display", sort="origin"),
    Column("stan", "Stan", "get_state_display", sort="state"),
    Column("od", "Od dnia", "began_on", sort="began_on"),
)
_KINDS = {
    RecruitmentState.ASKED: "wait",
    RecruitmentState.INVITED: "info",
    RecruitmentState.REPLIED: "info",
    RecruitmentState.JOINED: "ok",
    RecruitmentState.DECLINED: "neutral",
    RecruitmentState.CLOSED: "neutral",
}
_TITLES = {
    RecruitmentState.ASKED: "Instytucja zgłosiła się sama",
    RecruitmentState.INVITED: "Zaproszono do Partnerstwa",
    RecruitmentState.REPLIED: "Instytucja odpowiedziała",
    RecruitmentState.JOINED: "Przystąpiła do Partnerstwa",
    RecruitmentState.DECLINED: "Odmówiła",
    RecruitmentState.CLOSED: "Zamknięto",
}
_entry = row(Recruitment.objects.select_related("organisation", "declaration"))


def _may_invite(person: Person | None) -> bool:
    """Inviting is offered to whom it is permitted, while there is what to invite to."""
    return perms.recruit(person) and Partnership.is_active()


@page(perms.see_recruitment)
def listing(request: PersonRequest) -> HttpResponse:
    form = RecruitmentFilter(request.GET)
    return list_page(
        request,
        Table(
            request,
            Recruitment.objects.chosen(**form.chosen),
            _COLUMNS,
            "Nabór",
            default="-od",
            empty="Żaden wpis nie odpowiada wybranym warunkom.",
            nothing="Nie ma jeszcze żadnego wpisu.",
        ),
        form,
        template="accession/recruitments.html",
        lead="Partnerstwo jest otwarte; Lider pozyskuje nowych Kooperantów "
        "(§ 1 ust. 4, § 5 ust. 1 lit. h regulaminu).",
        add=[("Wpisz zaproszenie", "accession:recruitment_new", _may_invite)],
        is_taken=True,
    )


@page(perms.see_recruitment, _entry)
def show(request: PersonRequest, entry: Recruitment) -> HttpResponse:
    can_change = perms.recruit(request.person)
    needs = needs_of(entry.pk)
    context = {
        "entry": entry,
        "needs": needs,
        "still_needed": [one for one in needs if one.is_open and _may_invite(request.person)],
        "kind": _KINDS[RecruitmentState(entry.state)],
        "events": events_of(entry, _TITLES, "note", _CLAUSE),
        "can_step": can_change and RECRUITMENT.changes[RecruitmentState(entry.state)],
        "can_link": can_change and entry.is_open and entry.organisation is None,
        "can_forget": can_change and not entry.is_open and entry.has_contact,
    }
    return render(request, "accession/recruitment.html", context)


@step_page(perms.recruit)
def new(request: PersonRequest) -> HttpResponse:
    """The office writes down whom it invites; from a gap of the basket also for what."""
    need = open_need(request.POST.get("need") or request.GET.get("brak", ""))
    return form_page(
        request,
        NewRecruitmentForm(**sent(request), initial=_wanted_for(need)),
        partial(recruitment.add_recruitment, by=request.actor),
        ready=recruitment.require_inviting,
        said=lambda entry: stopped(f"Wpisano do naboru: {entry.institution_name}"),
        to=lambda entry: entry.url,
        template="accession/recruitment_new.html",
        title="Kogo zapraszamy?",
        eyebrow=f"Czego szukamy: {need.words}" if need else "",
        lead="Lider pozyskuje nowych Kooperantów, także gdy potrzebę zgłosi zespół "
        "(§ 5 ust. 1 lit. h regulaminu).",
        crumbs=[_LIST],
        last="Nowy wpis",
        back=Recruitment.list_url(),
    )


def _wanted_for(need: Need | None) -> dict[str, Any]:
    if need is None:
        return {}
    note = f"W koszyku usług brakuje: {need.words}."
    return {"need": need.pk, "note": note}


@step_page(perms.recruit, _entry)
def step(request: PersonRequest, entry: Recruitment) -> HttpResponse:
    return form_page(
        request,
        RecruitmentStepForm(**sent(request), entry=entry),
        partial(recruitment.move_recruitment, by=request.actor, recruitment_id=entry.pk),
        ready=partial(recruitment.require_steps, entry),
        said="Zapisano krok naboru.",
        title="Co się stało dalej?",
        lead="Przystąpienie zapisuje się samo, gdy Lider przyjmie deklarację "
        "(§ 1 ust. 5 regulaminu).",
        submit="Zapisz krok",
        **_of_entry(entry),
    )


_LIST = ("Nabór", "accession:recruitments")


def _of_entry(entry: Recruitment) -> dict[str, Any]:
    """Shared by the pages on which an entry is changed: they lead back to it."""
    crumbs = [_LIST, (entry.institution_name, entry.url)]
    return {"to": entry.url, "eyebrow": entry.institution_name, "crumbs": crumbs}


@step_page(perms.recruit, _entry)
def link(request: PersonRequest, entry: Recruitment) -> HttpResponse:
    organisations = Organisation.objects.current().in_order()
    return form_page(
        request,
        RecruitmentLinkForm(
            **sent(request), organisations=organisations, name=entry.institution_name
        ),
        partial(recruitment.link_recruitment, by=request.actor, recruitment_id=entry.pk),
        ready=partial(recruitment.require_linkable, entry),
        said="Powiązano wpis z instytucją.",
        title="Która to instytucja?",
        lead="Po powiązaniu wpis prowadzi do instytucji i jej deklaracji.",
        submit="Powiąż",
        **_of_entry(entry),
    )


@step_page(perms.recruit, _entry)
def enter(request: PersonRequest, entry: Recruitment) -> HttpResponse:
    """The institution that asked is entered, its name and sector as it gave them."""
    initial = {"name": entry.institution_name, "sector": entry.sector}
    return form_page(
        request,
        NewOrganisationForm(**sent(request), initial=initial),
        partial(recruitment.enter_recruited, by=request.actor, recruitment_id=entry.pk),
        ready=partial(recruitment.require_linkable, entry),
        said="Wpisano instytucję i powiązano z nią ten wpis.",
        template="accession/recruitment_enter.html",
        title="Nowa instytucja z naboru",
        lead="Jeśli numer REGON jest już wpisany, powiąż wpis z tamtą instytucją.",
        submit="Wpisz i powiąż",
        **_of_entry(entry),
    )


@step_page(perms.recruit, _entry)
def forget(request: PersonRequest, entry: Recruitment) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(recruitment.forget_contact, by=request.actor, recruitment_id=entry.pk),
        ready=partial(recruitment.require_over, entry),
        said="Usunięto dane kontaktowe. Przebieg naboru pozostał.",
        to=entry.url,
        crumbs=[_LIST, (entry.institution_name, entry.url)],
        question=f"Usunąć dane kontaktowe: {entry.institution_name}?",
        consequence="Znikną imię i nazwisko, adres e-mail, telefon i wiadomość. Nazwa instytucji "
        f"i przebieg naboru pozostaną. Podstawa: {_CLAUSE}; dane przechowuje się nie dłużej, niż "
        "to potrzebne.",
        button="Usuń dane kontaktowe",
    )
