"""The Lider's office: its name and its people (REG §1.3.b)."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kooperacja.pages import form_page, page, question, row, sent, step
from tenants.partnership import perms
from tenants.partnership.actions import people, settings
from tenants.partnership.forms.office import ColleagueForm, PartnershipForm
from tenants.partnership.models import Partnership, RoleAssignment
from tenants.partnership.people import PersonRequest
from tenants.registry.roles import Role

_OFFICE = "partnership:office"
_role = row(RoleAssignment.objects.of_office())


@page(perms.manage_people)
def show(request: PersonRequest) -> HttpResponse:
    held = list(RoleAssignment.objects.of_office().on(timezone.localdate()).in_order())
    context = {
        "held": held,
        "partnership": Partnership.objects.first(),
        "may_become_lead": perms.become_lead(request.person)
        and not any(assignment.role == Role.LEAD for assignment in held),
    }
    return render(request, "partnership/office.html", context)


@step(perms.edit_partnership)
def edit(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        PartnershipForm(**sent(request), instance=get_object_or_404(Partnership)),
        partial(settings.edit_partnership, by=request.actor),
        said="Zapisano dane ośrodka.",
        to=_OFFICE,
        title="Dane ośrodka",
        lead="Pełna nazwa Lidera stoi na dokumentach Partnerstwa "
        f"({perms.edit_partnership.clause}).",
    )


@step(perms.manage_people, again=True)
def become_lead(request: PersonRequest) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(people.become_lead, by=request.actor),
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
        partial(people.invite_colleague, by=request.actor),
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
        partial(people.end_role, by=request.actor, assignment_id=assignment.pk),
        said="Rola jest zakończona, a dostęp zamknięty.",
        to=_OFFICE,
        question=f"Zakończyć rolę: {assignment.person}, {assignment.get_role_display()}?",
        consequence="Ta osoba straci dziś dostęp, który dawała jej ta rola. Wszystko, co zrobiła, "
        "pozostanie zapisane.",
        clause=perms.manage_people.clause,
        undo="Rolę można nadać ponownie nowym zaproszeniem.",
        button="Zakończ rolę",
    )
