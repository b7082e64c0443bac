"""The first page of a tenant, "Co dziś", and the people of the Lider's office (REG §1.3.b)."""

from datetime import date
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.page_parts import parts_of
from tenants.people import perms
from tenants.people.actions import office
from tenants.people.forms import ColleagueForm
from tenants.people.identity import PersonRequest
from tenants.people.models import RoleAssignment
from tenants.people.today import waiting_for
from tenants.registry.roles import Role

_OFFICE = "people:office"
_role = row(RoleAssignment.objects.of_office())


@page(perms.enter)
def today(request: PersonRequest) -> HttpResponse:
    """Things that wait, each with its clause, then the parts of the apps."""
    person, day = request.person, timezone.localdate()
    context = {
        "day": day,
        "waiting": waiting_for(person, day),
        "may_become_lead": perms.become_lead(person) and _has_no_lead(day),
        "parts": parts_of("home", request, day),
    }
    return render(request, "people/home.html", context)


def _has_no_lead(day: date) -> bool:
    return not RoleAssignment.objects.on(day).filter(role=Role.LEAD).exists()


@page(perms.manage_people)
def show_office(request: PersonRequest) -> HttpResponse:
    held = list(RoleAssignment.objects.of_office().on(timezone.localdate()).in_order())
    context = {
        "held": held,
        "may_become_lead": perms.become_lead(request.person)
        and not any(assignment.role == Role.LEAD for assignment in held),
        "parts": parts_of(_OFFICE, request),
    }
    return render(request, "people/office.html", context)


@step(perms.manage_people, again=True)
def become_lead(request: PersonRequest) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(office.become_lead, by=request.actor),
        said="Od dziś reprezentujesz Lidera.",
        to="home",
        question="Czy reprezentujesz Lidera?",
        consequence="Osoba upoważniona do reprezentowania Lidera decyduje o przyjęciu instytucji "
        "do Partnerstwa i wyznacza pracownika ds. sieci. Potwierdź tylko wtedy, gdy masz takie "
        "upoważnienie.",
        clause=perms.become_lead.clause,
        undo="Rolę można zakończyć, gdy wcześniej zaprosi się inną osobę.",
        button="Tak, reprezentuję Lidera",
        danger=False,
    )


@step(perms.manage_people, again=True)
def invite(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        ColleagueForm(**sent(request)),
        partial(office.invite_colleague, by=request.actor),
        said=lambda role: (
            f"{role.person}: nadano rolę „{role.get_role_display()}”. Zaproszenie wysyłamy pocztą."
        ),
        to=_OFFICE,
        title="Kogo zaprosić?",
        lead="Osoba upoważniona do reprezentowania Lidera wyznacza pracownika ds. sieci "
        f"({perms.manage_people.clause}).",
        submit="Nadaj rolę i zaproś",
    )


@step(perms.manage_people, _role, again=True)
def end_role(request: PersonRequest, assignment: RoleAssignment) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(office.end_role, by=request.actor, assignment_id=assignment.pk),
        said="Rola jest zakończona, a dostęp zamknięty.",
        to=_OFFICE,
        question=f"Zakończyć rolę: {assignment.person}, {assignment.get_role_display()}?",
        consequence="Ta osoba straci dziś dostęp, który dawała jej ta rola. Wszystko, co zrobiła, "
        "pozostanie zapisane.",
        clause=perms.manage_people.clause,
        undo="Rolę można nadać ponownie nowym zaproszeniem.",
        button="Zakończ rolę",
    )
