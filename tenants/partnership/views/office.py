"""The Lider's office: its name and its people (REG §1.3.b)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.accounts.factors import step_up
from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.polish import polish_order
from tenants.partnership import actions, perms
from tenants.partnership.forms import ColleagueForm, PartnershipForm
from tenants.partnership.models import Partnership, Person, RoleAssignment
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, save_version, say_already_saved
from tenants.registry.roles import Role

_CLAUSE = "§ 1 ust. 3 lit. b regulaminu"
_MANAGERS = "Ludźmi ośrodka zajmuje się osoba reprezentująca Lidera albo administrator OPS."


def _manager(request: TenantRequest) -> Person:
    person = person_of(request)
    perms.manage_people.require(person)
    return person


def _held_today() -> list[RoleAssignment]:
    held = RoleAssignment.objects.on(timezone.localdate()).filter(organisation=None)
    return list(
        held.select_related("person").order_by(polish_order("person__full_name"), "role", "pk")
    )


@require_safe
def show(request: TenantRequest) -> HttpResponse:
    person = _manager(request)
    held = _held_today()
    context = {
        "held": held,
        "partnership": Partnership.objects.first(),
        "may_become_lead": perms.become_lead(person)
        and not any(one.role == Role.LEAD for one in held),
    }
    return render(request, "partnership/office.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.edit_partnership.require(person)
    partnership = get_object_or_404(Partnership)
    back = reverse("partnership:office")
    version = {"version": partnership.version}
    form = PartnershipForm(request.POST or None, instance=partnership, initial=version)
    if not form.is_valid():
        return form_page(request, "partnership/office_form.html", form, back=back)
    return save_version(
        request,
        form,
        lambda version, values: actions.edit_partnership(
            by=actor(request), person=person, version=version, values=values
        ),
        said="Zapisano dane ośrodka.",
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def become_lead(request: TenantRequest) -> HttpResponse:
    person = _manager(request)
    if asked := step_up(request):
        return asked
    if request.method == "POST":
        try:
            actions.become_lead(by=actor(request), person=person)
        except actions.AlreadySaved:
            say_already_saved(request)
        else:
            messages.success(request, "Od dziś reprezentujesz Lidera.")
        return redirect("home")
    return confirm(
        request,
        question="Czy reprezentujesz Lidera?",
        consequence=(
            "Osoba upoważniona do reprezentowania Lidera decyduje o przyjęciu instytucji do "
            "Partnerstwa i wyznacza pracownika ds. sieci. Potwierdź tylko wtedy, gdy masz takie "
            f"upoważnienie. Podstawa: {_CLAUSE}."
        ),
        undo="Rolę można zakończyć, gdy wcześniej zaprosi się inną osobę.",
        button="Tak, reprezentuję Lidera",
        back=reverse("home"),
        danger=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: TenantRequest) -> HttpResponse:
    person = _manager(request)
    if asked := step_up(request):
        return asked
    form = ColleagueForm(request.POST or None)
    back = reverse("partnership:office")
    if not form.is_valid():
        return form_page(request, "partnership/office_invite.html", form, back=back)
    assignment, is_new = actions.invite_colleague(
        by=actor(request), person=person, **form.cleaned_data
    )
    if is_new:
        text = f"{assignment.person.full_name}: nadano rolę „{assignment.get_role_display()}”."
        messages.success(request, f"{text} Zaproszenie wysyłamy pocztą.")
    else:
        say_already_saved(request)
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = _manager(request)
    if asked := step_up(request):
        return asked
    held = RoleAssignment.objects.select_related("person").filter(organisation=None)
    assignment = get_object_or_404(held, pk=pk)
    back = reverse("partnership:office")
    if request.method == "POST":
        if assignment.ended_on is not None:
            say_already_saved(request)
        else:
            actions.end_role(by=actor(request), person=person, assignment_id=pk)
            messages.success(request, "Rola jest zakończona, a dostęp zamknięty.")
        return redirect(back)
    return confirm(
        request,
        question=f"Zakończyć rolę: {assignment.person.full_name}, {assignment.get_role_display()}?",
        consequence=(
            "Ta osoba straci dziś dostęp, który dawała jej ta rola. Wszystko, co zrobiła, "
            f"pozostanie zapisane. Podstawa: {_CLAUSE}."
        ),
        undo="Rolę można nadać ponownie nowym zaproszeniem.",
        button="Zakończ rolę",
        back=back,
    )
