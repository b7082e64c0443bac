"""The log of recruitment: whom the office invited, who asked, what came of it (REG §5.1.h)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.parts import Event
from kooperacja.ui.polish import Fold, fold, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.partnership import actions, perms, workflow
from tenants.partnership.actions.recruitment import CLAUSE
from tenants.partnership.forms import (
    NewOrganisationForm,
    NewRecruitmentForm,
    RecruitmentFilter,
    RecruitmentLinkForm,
    RecruitmentStepForm,
)
from tenants.partnership.models import Organisation, Person, Recruitment
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, say_already_saved
from tenants.partnership.workflow import OPEN_RECRUITMENTS, RECRUITMENT, RecruitmentState

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


def _reader(request: TenantRequest) -> Person:
    person = person_of(request)
    perms.see_recruitment.require(person)
    return person


def _to_change(request: TenantRequest, pk: UUID) -> tuple[Person, Recruitment]:
    person = person_of(request)
    perms.recruit.require(person)
    related = Recruitment.objects.select_related("organisation", "declaration")
    return person, get_object_or_404(related, pk=pk)


@require_safe
def listing(request: TenantRequest) -> HttpResponse:
    person = _reader(request)
    form = RecruitmentFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    table = Table(
        request,
        _found(chosen),
        _COLUMNS,
        "Nabór",
        default="-od",
        empty="Żaden wpis nie odpowiada wybranym warunkom.",
    )
    context = {"form": form, "table": table, "can_add": perms.recruit(person)}
    return render(request, "partnership/recruitments.html", context)


def _found(chosen: dict[str, Any]) -> Any:
    found = Recruitment.objects.annotate(_name=Fold("institution_name"))
    for word in fold(chosen.get("szukaj") or "").split():
        found = found.filter(_name__contains=word)
    if state := chosen.get("stan"):
        found = found.filter(state=state)
    return found


_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        "institution_name",
        sort=polish_order("institution_name"),
        href=lambda one: reverse("partnership:recruitment", args=[one.pk]),
        is_header=True,
    ),
    Column("sektor", "Sektor", lambda one: one.get_sector_display(), sort="sector"),
    Column("skad", "Skąd", lambda one: one.get_origin_display(), sort="origin"),
    Column("stan", "Stan", lambda one: one.get_state_display(), sort="state"),
    Column("od", "Od dnia", "began_on", sort="began_on"),
)


@require_safe
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = _reader(request)
    related = Recruitment.objects.select_related("organisation", "declaration")
    entry = get_object_or_404(related, pk=pk)
    can_change, is_open = perms.recruit(person), entry.state in OPEN_RECRUITMENTS
    context = {
        "entry": entry,
        "kind": _KINDS[RecruitmentState(entry.state)],
        "events": _events(entry),
        "can_step": can_change and RECRUITMENT[RecruitmentState(entry.state)],
        "can_link": can_change and is_open and entry.organisation is None,
        "can_forget": can_change and not is_open and entry.has_contact,
    }
    return render(request, "partnership/recruitment.html", context)


def _events(entry: Recruitment) -> list[Event]:
    events, before = [], ""
    for step in entry.steps.all():
        clause = workflow.recruitment_clause(before, step.state) if before else CLAUSE
        title = _TITLES[RecruitmentState(step.state)]
        events.append(Event(step.happened_on, title, step.note, step.actor_name, clause))
        before = step.state
    return events


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.recruit.require(person)
    initial = {"key": uuid7(), "began_on": timezone.localdate()}
    form = NewRecruitmentForm(request.POST or None, initial=initial)
    if not form.is_valid():
        back = reverse("partnership:recruitments")
        return form_page(request, "partnership/recruitment_new.html", form, back=back)
    try:
        entry = actions.add_recruitment(
            by=actor(request),
            person=person,
            key=form.cleaned_data["key"],
            values=form.values(),
            note=form.cleaned_data["note"],
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:recruitment", pk=saved.obj.pk)
    messages.success(request, f"Wpisano do naboru: {entry.institution_name}.")
    return redirect("partnership:recruitment", pk=entry.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, entry = _to_change(request, pk)
    initial = {"version": entry.version, "happened_on": timezone.localdate()}
    form = RecruitmentStepForm(request.POST or None, now=entry.state, initial=initial)
    # What was sent for an older state is judged by the action, which says what happened since.
    if request.method == "POST" and form.data.get("version") != str(entry.version):
        form.fields["state"].choices = RecruitmentState.choices  # type: ignore[attr-defined]
    if not form.is_valid():
        back = reverse("partnership:recruitment", args=[pk])
        page = "partnership/recruitment_step.html"
        return form_page(request, page, form, back=back, entry=entry)
    version = form.cleaned_data["version"]
    try:
        actions.move_recruitment(
            by=actor(request), person=person, recruitment_id=pk, version=version, **form.values()
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    else:
        messages.success(request, "Zapisano krok naboru.")
    return redirect("partnership:recruitment", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, entry = _to_change(request, pk)
    form = RecruitmentLinkForm(
        request.POST or None,
        organisations=Organisation.objects.order_by(polish_order("name")),
        name=entry.institution_name,
    )
    if not form.is_valid():
        back = reverse("partnership:recruitment", args=[pk])
        page = "partnership/recruitment_link.html"
        return form_page(request, page, form, back=back, entry=entry)
    try:
        actions.link_recruitment(
            by=actor(request),
            person=person,
            recruitment_id=pk,
            organisation_id=form.cleaned_data["organisation"].pk,
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    else:
        messages.success(request, "Powiązano wpis z instytucją.")
    return redirect("partnership:recruitment", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The institution that asked is entered, its name and sector as it gave them."""
    person, entry = _to_change(request, pk)
    initial = {"key": uuid7(), "name": entry.institution_name, "sector": entry.sector}
    form = NewOrganisationForm(request.POST or None, initial=initial)
    if not form.is_valid():
        back = reverse("partnership:recruitment", args=[pk])
        page = "partnership/recruitment_enter.html"
        return form_page(request, page, form, back=back, entry=entry)
    try:
        actions.enter_recruited(
            by=actor(request),
            person=person,
            recruitment_id=pk,
            **form.values(),
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    else:
        messages.success(request, "Wpisano instytucję i powiązano z nią ten wpis.")
    return redirect("partnership:recruitment", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, entry = _to_change(request, pk)
    back = reverse("partnership:recruitment", args=[pk])
    if request.method == "POST":
        try:
            actions.forget_contact(by=actor(request), person=person, recruitment_id=pk)
        except actions.AlreadySaved:
            say_already_saved(request)
        else:
            messages.success(request, "Usunięto dane kontaktowe. Przebieg naboru pozostał.")
        return redirect(back)
    return confirm(
        request,
        question=f"Usunąć dane kontaktowe: {entry.institution_name}?",
        consequence=(
            "Znikną imię i nazwisko, adres e-mail, telefon i wiadomość. Nazwa instytucji i "
            f"przebieg naboru pozostaną. Podstawa: {CLAUSE}; dane przechowuje się nie dłużej, "
            "niż to potrzebne."
        ),
        button="Usuń dane kontaktowe",
        back=back,
    )
