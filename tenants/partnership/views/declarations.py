"""Declarations: the list, one of them, and entering it one thing at a time (REG §1.5)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.documents.actions import signatures_of
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.papers import newest
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.parts import Event
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import Missing, Problem
from kooperacja.ui.tables import Column, Table
from tenants.partnership import actions, perms, rules, workflow
from tenants.partnership.forms import (
    CoordinatorForm,
    FilingForm,
    NewDeclarationForm,
    SignatoryForm,
)
from tenants.partnership.models import (
    AccessionDeclaration,
    Membership,
    Organisation,
    Person,
    RegulationVersion,
)
from tenants.partnership.papers.declaration import ANNOTATED_DECLARATION
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, say_already_saved, state_kind
from tenants.partnership.views.entering import first_steps, next_step, steps_of
from tenants.partnership.workflow import OPEN_DECLARATIONS, DeclarationState, SignatureMode

_KEEPERS = "Deklaracje wpisuje Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."
_CLAUSE = "§ 1 ust. 5 regulaminu"
_RELATED = (
    "organisation",
    "signatory",
    "coordinator",
    "applicant",
    "regulation",
    "decided_by",
    "file",
)


@require_safe
def listing(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.list_declarations.require(person)
    table = Table(
        request,
        perms.declarations_seen_by(person).select_related("organisation"),
        _COLUMNS,
        "Deklaracje przystąpienia",
        default="-utworzona",
        empty=(
            "Nie ma jeszcze żadnej deklaracji."
            if perms.see_all_declarations(person)
            else "Nie ma deklaracji Twojej instytucji. Pozostałe widzi Lider."
        ),
    )
    context = {"table": table, "can_add": perms.enter_declarations(person)}
    return render(request, "partnership/declarations.html", context)


_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        lambda one: one.organisation.name,
        sort=polish_order("organisation__name"),
        href=lambda one: reverse("partnership:declaration", args=[one.pk]),
        is_header=True,
    ),
    Column("stan", "Stan", lambda one: one.get_state_display(), sort="state"),
    Column("utworzona", "Wpisana", "created_at", sort="created_at"),
    Column("wplynela", "Wpłynęła", "received_on", sort="received_on"),
    Column("decyzja", "Decyzja z dnia", "decided_on", sort="decided_on"),
)


def visible_declaration(person: Person, pk: UUID) -> AccessionDeclaration:
    declaration = get_object_or_404(AccessionDeclaration.objects.select_related(*_RELATED), pk=pk)
    if not perms.see_declaration(person, declaration):
        raise Missing("Nie ma takiej deklaracji", "Widzi ją Lider i instytucja, która ją składa.")
    return declaration


@require_safe
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    declaration = visible_declaration(person, pk)
    due = declaration.decision_due
    is_filed = declaration.state == DeclarationState.FILED
    context = {
        "declaration": declaration,
        "kind": state_kind(declaration),
        "checks": _checks(declaration),
        "events": _events(declaration),
        "document": newest(ANNOTATED_DECLARATION, declaration.pk)
        if declaration.annotation
        else None,
        "signatures": signatures_of(declaration.file) if is_electronic(declaration) else [],
        "due": due if is_filed else None,
        "is_overdue": bool(is_filed and due and due < timezone.localdate()),
        "can_edit": is_editable(declaration) and perms.edit_declaration(person, declaration),
        "can_decide": is_filed and perms.decide(person, declaration),
        "next_step": next_step(person, declaration),
        **_of_applicant(person, declaration),
    }
    return render(request, "partnership/declaration.html", context)


def _of_applicant(person: Person, declaration: AccessionDeclaration) -> dict[str, Any]:
    """Who was invited to fill it in, and what may be done about it."""
    keeps, is_draft = perms.enter_declarations(person), is_editable(declaration)
    return {
        "can_print": is_draft and declaration.regulation_id is not None,
        "can_withdraw_applicant": keeps and declaration.is_open and declaration.applicant_id,
        "can_invite_applicant": keeps and is_draft and not declaration.applicant_id,
    }


def _checks(declaration: AccessionDeclaration) -> list[rules.Check]:
    return rules.completeness(
        has_coordinator=declaration.coordinator_id is not None,
        has_signatory=declaration.signatory_id is not None,
        has_signatory_function=bool(declaration.signatory_function),
        accepts_regulation_in_force=declaration.regulation_id is not None,
        has_signed_file=declaration.file_id is not None,
    )


_TITLES = {
    DeclarationState.DRAFT: "Rozpoczęto wpisywanie deklaracji",
    DeclarationState.FILED: "Deklaracja wpłynęła do Lidera",
    DeclarationState.ACCEPTED: "Przyjęto do Partnerstwa",
    DeclarationState.RETURNED: "Zwrócono do poprawy",
    DeclarationState.REFUSED: "Odmówiono przyjęcia",
}


def _events(declaration: AccessionDeclaration) -> list[Event]:
    events, before = [], ""
    for step in declaration.steps.all():
        clause = workflow.declaration_clause(before, step.state) if before else ""
        title = _TITLES[DeclarationState(step.state)]
        events.append(Event(step.happened_on, title, step.reason, step.actor_name, clause))
        before = step.state
    return events


def is_electronic(declaration: AccessionDeclaration) -> bool:
    return SignatureMode(declaration.mode).is_electronic


def is_editable(declaration: AccessionDeclaration) -> bool:
    return declaration.is_open and declaration.state != DeclarationState.FILED


# --- Entering one thing at a time -------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.enter_declarations.require(person)
    initial = {"key": uuid7(), "organisation": request.GET.get("instytucja")}
    form = NewDeclarationForm(
        request.POST or None, initial=initial, organisations=_without_membership(request)
    )
    if not form.is_valid():
        page = "partnership/declaration_new.html"
        return form_page(request, page, form, steps=first_steps())
    try:
        declaration = actions.draft_declaration(
            by=actor(request),
            person=person,
            key=form.cleaned_data["key"],
            organisation_id=form.cleaned_data["organisation"].pk,
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:declaration", pk=saved.obj.pk)
    return redirect(next_step(person, declaration))


def _without_membership(request: TenantRequest) -> QuerySet[Organisation]:
    """Those that may declare; what was sent is judged by the action, which says why not."""
    organisations = Organisation.objects.order_by(polish_order("name"))
    if request.method == "POST":
        return organisations
    members = Membership.objects.on(timezone.localdate()).values("organisation")
    free = organisations.exclude(pk__in=members)
    return free.exclude(declarations__state__in=OPEN_DECLARATIONS)


def to_edit(request: TenantRequest, pk: UUID) -> tuple[Person, AccessionDeclaration]:
    person, declaration = _of_keeper(request, pk)
    _refuse_unless_editable(declaration)
    return person, declaration


def _of_keeper(request: TenantRequest, pk: UUID) -> tuple[Person, AccessionDeclaration]:
    person = person_of(request)
    declaration = visible_declaration(person, pk)
    perms.edit_declaration.require(person, declaration)
    return person, declaration


def _refuse_unless_editable(declaration: AccessionDeclaration) -> None:
    if not is_editable(declaration):
        raise Problem(
            "Tej deklaracji nie można już zmienić",
            f"Jej stan: {declaration.get_state_display()}.",
            clause=_CLAUSE,
            href=reverse("partnership:declaration", args=[declaration.pk]),
            action="Przejdź do deklaracji",
        )


@require_http_methods(["GET", "HEAD", "POST"])
def signatory(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, declaration = to_edit(request, pk)
    signs = declaration.signatory
    initial = {
        "version": declaration.version,
        "full_name": signs.full_name if signs else "",
        "function": declaration.signatory_function,
        "email": signs.email if signs else "",
        "phone": signs.phone if signs else "",
    }
    form = SignatoryForm(request.POST or None, initial=initial)
    context = {
        "declaration": declaration,
        "steps": steps_of(person, declaration, "declaration_signatory"),
    }
    if not form.is_valid():
        return form_page(request, "partnership/declaration_signatory.html", form, **context)
    return _save_part(request, declaration, form, person, actions.name_signatory)


@require_http_methods(["GET", "HEAD", "POST"])
def coordinator(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, declaration = to_edit(request, pk)
    known = declaration.coordinator
    initial = {
        "version": declaration.version,
        "full_name": known.full_name if known else "",
        "position": declaration.coordinator_position,
        "email": known.email if known else "",
        "phone": known.phone if known else "",
    }
    form = CoordinatorForm(request.POST or None, initial=initial)
    context = {
        "declaration": declaration,
        "steps": steps_of(person, declaration, "declaration_coordinator"),
    }
    if not form.is_valid():
        return form_page(request, "partnership/declaration_coordinator.html", form, **context)
    return _save_part(request, declaration, form, person, actions.name_coordinator)


def _save_part(
    request: TenantRequest,
    declaration: AccessionDeclaration,
    form: SignatoryForm | CoordinatorForm,
    person: Person,
    save: Any,
) -> HttpResponse:
    try:
        declaration = save(
            by=actor(request),
            person=person,
            declaration_id=declaration.pk,
            version=form.cleaned_data["version"],
            **form.values(),
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    except actions.StaleForm:
        raise Problem(
            "Ktoś właśnie zmienił tę deklarację",
            "Sprawdź, co jest teraz zapisane, i wpisz zmianę jeszcze raz.",
            kept="Twoja zmiana nie została zapisana.",
            href=reverse("partnership:declaration", args=[declaration.pk]),
            action="Przejdź do deklaracji",
        ) from None
    else:
        return redirect(next_step(person, declaration))
    return redirect("partnership:declaration", pk=declaration.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: TenantRequest, pk: UUID) -> HttpResponse:
    # Read once: sent twice at once, the first may be saved between two readings of the second.
    person, declaration = _of_keeper(request, pk)
    if perms.fill_in_declaration(person, declaration):
        return redirect("partnership:declaration_own_file", pk=pk)
    if request.method == "POST" and declaration.state == DeclarationState.FILED:
        say_already_saved(request)
        return redirect("partnership:declaration", pk=pk)
    _refuse_unless_editable(declaration)
    regulation = RegulationVersion.in_force(timezone.localdate())
    if regulation is None:
        raise Problem(
            "Nie ma jeszcze obowiązującego regulaminu",
            "Deklarację można złożyć, gdy obowiązuje regulamin, który instytucja akceptuje. "
            "Najpierw Lider musi go przyjąć.",
            clause=_CLAUSE,
            kept="To, co wpisano w deklaracji, jest zapisane.",
            href=reverse("partnership:regulations"),
            action="Przejdź do regulaminu",
        )
    form = FilingForm(
        request.POST or None,
        request.FILES or None,
        regulation=regulation,
        initial=_filed_before(declaration),
    )
    context = {
        "declaration": declaration,
        "steps": steps_of(person, declaration, "declaration_file"),
    }
    if form.is_valid():
        try:
            actions.file_declaration(
                by=actor(request), person=person, declaration_id=pk, **form.values()
            )
        except actions.AlreadySaved:
            say_already_saved(request)
        except RejectedUpload as rejected:
            form.add_error("file", str(rejected))
            return form_page(request, "partnership/declaration_file.html", form, **context)
        else:
            messages.success(request, "Złożono deklarację. Teraz decyduje Lider.")
        return redirect("partnership:declaration", pk=pk)
    return form_page(request, "partnership/declaration_file.html", form, **context)


def _filed_before(declaration: AccessionDeclaration) -> dict[str, Any]:
    """What was said when a returned declaration was filed the last time."""
    return {
        "mode": declaration.mode,
        "signed_on": declaration.signed_on,
        "signed_place": declaration.signed_place,
        "received_on": declaration.received_on,
        "publish_consent": declaration.publish_consent,
        "case_mark": declaration.case_mark,
    }
