"""An institution fills in its declaration itself: invited, it states, prints, signs, files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.accounts.factors import step_up
from kooperacja.audit.actor import actor
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import DOCX, PDF
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.problems import Problem
from tenants.partnership import actions, perms
from tenants.partnership.actions.applicants import CLAUSE
from tenants.partnership.forms import (
    InviteApplicantForm,
    OwnFilingForm,
    StatementsForm,
    WithdrawInvitationForm,
)
from tenants.partnership.models import AccessionDeclaration, Organisation, Person, RegulationVersion
from tenants.partnership.papers.declaration import print_declaration
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, say_already_saved
from tenants.partnership.views.declarations import is_editable, to_edit, visible_declaration
from tenants.partnership.views.entering import next_step, steps_of
from tenants.partnership.workflow import DeclarationState

_OWN = "Tę deklarację składa osoba, którą ośrodek do tego zaprosił."


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The office invites somebody of an institution; nothing is sent before this."""
    person = person_of(request)
    perms.invite_applicants.require(person)
    if asked := step_up(request):
        return asked
    organisation = get_object_or_404(Organisation, pk=pk)
    form = InviteApplicantForm(request.POST or None, initial=_asked_by(organisation))
    if not form.is_valid():
        back = reverse("partnership:organisation", args=[pk])
        page = "partnership/applicant_invite.html"
        return form_page(request, page, form, back=back, organisation=organisation)
    try:
        declaration = actions.invite_applicant(
            by=actor(request),
            person=person,
            key=form.cleaned_data["key"],
            organisation_id=pk,
            full_name=form.cleaned_data["full_name"],
            email=form.cleaned_data["email"],
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:declaration", pk=saved.obj.pk)
    messages.success(request, "Zaproszenie do wypełnienia deklaracji wysyłamy pocztą.")
    return redirect("partnership:declaration", pk=declaration.pk)


def _asked_by(organisation: Organisation) -> dict[str, Any]:
    """Whoever asked for the institution on the public page is the one to invite."""
    entry = organisation.recruitments.exclude(contact_email="").order_by("-created_at").first()
    known = {"full_name": entry.contact_name, "email": entry.contact_email} if entry else {}
    return {"key": uuid7(), **known}


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    perms.invite_applicants.require(person)
    if asked := step_up(request):
        return asked
    declaration = visible_declaration(person, pk)
    back = reverse("partnership:declaration", args=[pk])
    sent = request.POST if request.method == "POST" else None
    form = WithdrawInvitationForm(sent, initial={"osoba": declaration.applicant_id})
    if form.is_valid():
        try:
            actions.withdraw_applicant(
                by=actor(request),
                person=person,
                declaration_id=pk,
                applicant_id=form.cleaned_data["osoba"],
            )
        except actions.AlreadySaved:
            say_already_saved(request)
        else:
            messages.success(request, "Cofnięto zaproszenie. Deklarację można dokończyć tutaj.")
        return redirect(back)
    return confirm(
        request,
        question=f"Cofnąć zaproszenie: {declaration.applicant or 'nikogo nie zaproszono'}?",
        consequence=(
            "Ta osoba straci dziś dostęp do deklaracji. To, co wpisała, zostanie. "
            f"Podstawa: {CLAUSE}."
        ),
        undo="Do wypełnienia deklaracji można zaprosić jeszcze raz, tę samą albo inną osobę.",
        button="Cofnij zaproszenie",
        back=back,
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, declaration = to_edit(request, pk)
    in_force = _regulation_in_force()
    initial = {
        "version": declaration.version,
        "accepts": declaration.regulation_id == in_force.pk,
        "publish_consent": declaration.publish_consent,
    }
    form = StatementsForm(request.POST or None, regulation=in_force, initial=initial)
    if not form.is_valid():
        context = {
            "declaration": declaration,
            "steps": steps_of(person, declaration, "declaration_statements"),
        }
        return form_page(request, "partnership/declaration_statements.html", form, **context)
    try:
        declaration = actions.make_statements(
            by=actor(request),
            person=person,
            declaration_id=pk,
            version=form.cleaned_data["version"],
            regulation_id=in_force.pk,
            publish_consent=form.cleaned_data["publish_consent"],
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    except actions.StaleForm:
        raise Problem(
            "Ktoś właśnie zmienił tę deklarację",
            "Sprawdź, co jest teraz zapisane, i złóż oświadczenia jeszcze raz.",
            kept="Twoje oświadczenia nie zostały zapisane.",
            href=reverse("partnership:declaration", args=[pk]),
            action="Przejdź do deklaracji",
        ) from None
    return redirect(next_step(person, declaration))


def _regulation_in_force() -> RegulationVersion:
    found = RegulationVersion.in_force(timezone.localdate())
    if found is None:
        raise Problem(
            "Nie ma jeszcze obowiązującego regulaminu",
            "Deklarację można złożyć, gdy obowiązuje regulamin, który instytucja akceptuje.",
            clause=CLAUSE,
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def own_file(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The print to sign, and where the signed document is handed in."""
    person = person_of(request)
    declaration = visible_declaration(person, pk)
    perms.fill_in_declaration.require(person, declaration)
    if request.method == "POST" and declaration.state == DeclarationState.FILED:
        say_already_saved(request)
        return redirect("partnership:declaration", pk=pk)
    _require_filled_in(person, declaration)
    form = OwnFilingForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _file(request, person, declaration, form):
        return redirect("partnership:declaration", pk=pk)
    steps = steps_of(person, declaration, "declaration_own_file")
    context = {"declaration": declaration, "steps": steps}
    return form_page(request, "partnership/declaration_own_file.html", form, **context)


def _file(
    request: TenantRequest, person: Person, declaration: AccessionDeclaration, form: OwnFilingForm
) -> bool:
    try:
        actions.file_own_declaration(
            by=actor(request), person=person, declaration_id=declaration.pk, **form.values()
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    except RejectedUpload as rejected:
        form.add_error("file", str(rejected))
        return False
    else:
        messages.success(request, "Złożono deklarację. Teraz decyduje Lider.")
    return True


@require_safe
def print_pdf(request: TenantRequest, pk: UUID) -> HttpResponse:
    return _printed(request, pk, PDF, "pdf")


@require_safe
def print_docx(request: TenantRequest, pk: UUID) -> HttpResponse:
    return _printed(request, pk, DOCX, "docx")


def _printed(request: TenantRequest, pk: UUID, content_type: str, suffix: str) -> HttpResponse:
    """The declaration as filled in so far, to be signed; nothing is frozen."""
    person = person_of(request)
    declaration = visible_declaration(person, pk)
    perms.edit_declaration.require(person, declaration)
    _require_filled_in(person, declaration)
    response = HttpResponse(print_declaration(declaration, content_type), content_type=content_type)
    name = f"Deklaracja przystąpienia – {declaration.organisation.name[:80]}.{suffix}"
    disposition = content_disposition_header(as_attachment=True, filename=name.replace("/", "-"))
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _require_filled_in(person: Person, declaration: AccessionDeclaration) -> None:
    """Printing and filing come after everything that the print says."""
    is_whole = declaration.signatory_id and declaration.coordinator_id and declaration.regulation_id
    if is_editable(declaration) and is_whole:
        return
    is_open = is_editable(declaration)
    statements_page = reverse("partnership:declaration_statements", args=[declaration.pk])
    page = reverse("partnership:declaration", args=[declaration.pk])
    missing = declaration.signatory_id and declaration.coordinator_id
    raise Problem(
        "Najpierw uzupełnij deklarację" if is_open else "Ta deklaracja jest już złożona",
        "Brakuje osoby podpisującej, koordynatora albo oświadczeń."
        if is_open
        else f"Jej stan: {declaration.get_state_display()}.",
        clause=CLAUSE,
        href=(statements_page if missing else next_step(person, declaration)) if is_open else page,
        action="Przejdź do deklaracji",
    )
