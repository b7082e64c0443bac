"""Pages on which the Lider decides: each says what happens and on what clause (REG §1.5 s.2)."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from tenants.partnership import actions, perms
from tenants.partnership.actions.decisions import CLAUSE, refuse_unless_filed
from tenants.partnership.forms import AcceptanceForm, ReasonForm
from tenants.partnership.models import AccessionDeclaration, Person
from tenants.partnership.people import person_of


def _to_decide(request: TenantRequest, pk: UUID) -> tuple[Person, AccessionDeclaration]:
    person = person_of(request)
    related = ("organisation", "coordinator", "decided_by")
    declaration = get_object_or_404(AccessionDeclaration.objects.select_related(*related), pk=pk)
    perms.decide.require(person, declaration)
    refuse_unless_filed(person, declaration)
    return person, declaration


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, declaration = _to_decide(request, pk)
    name, invited = declaration.organisation.name, declaration.coordinator
    last = declaration.organisation.memberships.aggregate(day=Max("ended_on"))["day"]
    assert declaration.received_on is not None  # a filed declaration has it
    form = AcceptanceForm(
        request.POST or None,
        received_on=declaration.received_on,
        last_ended_on=last,
        initial={"decided_on": timezone.localdate()},
    )
    if form.is_valid():
        membership = actions.accept_declaration(
            by=actor(request), person=person, declaration_id=pk, **form.cleaned_data
        )
        messages.success(request, f"„{name}” – {membership.declaration.annotation}.")
        return redirect("partnership:declaration", pk=pk)
    return confirm(
        request,
        question=f"Przyjąć do Partnerstwa: {name}?",
        consequence=(
            "Na deklaracji pojawi się adnotacja „przyjęto do Partnerstwa w dniu …”, instytucja "
            f"trafi do rejestru członków, a {invited} dostanie zaproszenie jako koordynator "
            f"Partnerstwa. Podstawa: {CLAUSE}."
        ),
        undo=(
            "Przyjęcia nie można cofnąć. Członkostwo ustaje, gdy instytucja złoży pisemną "
            "rezygnację (§ 1 ust. 6 regulaminu)."
        ),
        button="Przyjmij do Partnerstwa",
        back=reverse("partnership:declaration", args=[pk]),
        form=form,
        danger=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, declaration = _to_decide(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.return_declaration(
            by=actor(request), person=person, declaration_id=pk, **form.cleaned_data
        )
        messages.success(request, "Zwrócono deklarację do poprawy.")
        return redirect("partnership:declaration", pk=pk)
    return confirm(
        request,
        question=f"Zwrócić do poprawy deklarację: {declaration.organisation.name}?",
        consequence=(
            "Osoby wskazane w deklaracji dostaną wiadomość z uzasadnieniem. Regulamin nie "
            f"opisuje zwrotu, dlatego uzasadnienie jest konieczne. Podstawa: {CLAUSE}."
        ),
        undo="Po poprawieniu deklarację można złożyć jeszcze raz.",
        button="Zwróć do poprawy",
        back=reverse("partnership:declaration", args=[pk]),
        form=form,
        danger=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, declaration = _to_decide(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.refuse_declaration(
            by=actor(request), person=person, declaration_id=pk, **form.cleaned_data
        )
        messages.success(request, "Zapisano odmowę przyjęcia.")
        return redirect("partnership:declaration", pk=pk)
    return confirm(
        request,
        question=f"Odmówić przyjęcia: {declaration.organisation.name}?",
        consequence=(
            "Osoby wskazane w deklaracji dostaną wiadomość z uzasadnieniem. Partnerstwo jest "
            "otwarte (§ 1 ust. 4 regulaminu), dlatego uzasadnienie jest konieczne. "
            f"Podstawa: {CLAUSE}."
        ),
        undo="Odmowy nie można cofnąć, ale instytucja może złożyć nową deklarację.",
        button="Odmów przyjęcia",
        back=reverse("partnership:declaration", args=[pk]),
        form=form,
    )
