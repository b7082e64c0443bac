"""An institution fills in its declaration itself: invited, it states, prints, signs, files."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse

from kooperacja.documents.drawing import FORMATS
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.conflict import already_saved
from kooperacja.ui.files import file_response
from kooperacja.ui.problems import Problem
from tenants.accession import perms
from tenants.accession.actions import applicants, declarations
from tenants.accession.forms.declarations import (
    InviteApplicantForm,
    SignedDeclarationForm,
    StatementsForm,
    WithdrawInvitationForm,
)
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.papers import printed_declaration
from tenants.accession.views.declarations import (
    FILED,
    annexes_of,
    crumbs_of,
    of_step,
    visible_declaration,
)
from tenants.accession.views.entering import next_step
from tenants.accession.workflow import DeclarationState
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person

_CLAUSE = perms.edit_declaration.clause
_declaration = row(AccessionDeclaration.objects.select_related("organisation", "applicant"))


@step(perms.invite_applicants, row(Organisation.objects.current()), again=True)
def invite(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    """The office invites somebody of an institution; nothing is sent before this."""
    return form_page(
        request,
        InviteApplicantForm(**sent(request), initial=_asked_by(organisation)),
        partial(applicants.invite_applicant, by=request.actor, organisation_id=organisation.pk),
        ready=partial(applicants.require_inviting, organisation, request.actor.today),
        said="Zaproszenie do wypełnienia deklaracji wysyłamy e-mailem.",
        to=lambda declaration: declaration.url,
        title="Kto wypełni deklarację?",
        eyebrow=organisation.name,
        lead="Ta osoba uzupełni dane instytucji, wydrukuje deklarację i złoży podpisaną "
        f"({perms.invite_applicants.clause}). Zobaczy tylko swoją deklarację i dane swojej "
        "instytucji.",
        submit="Zaproś",
        back=organisation.url,
        crumbs=[("Instytucje", Organisation.LIST_PAGE), (organisation.name, organisation.url)],
    )


def _asked_by(organisation: Organisation) -> dict[str, Any]:
    """The person who asked for the institution on the public page is invited first."""
    entry = organisation.recruitments.exclude(contact_email="").order_by("-created_at").first()
    return {"full_name": entry.contact_name, "email": entry.contact_email} if entry else {}


@step(perms.invite_applicants, _declaration, again=True)
def withdraw(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    return question(
        request,
        WithdrawInvitationForm(**sent(request), initial={"applicant_id": declaration.applicant_id}),
        partial(applicants.withdraw_applicant, by=request.actor, declaration_id=declaration.pk),
        said="Cofnięto zaproszenie. Deklarację można dokończyć tutaj.",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        question=f"Cofnąć zaproszenie: {declaration.applicant or 'nikogo nie zaproszono'}?",
        consequence="Ta osoba straci dziś dostęp do deklaracji. To, co wpisała, zostanie.",
        clause=perms.invite_applicants.clause,
        undo="Do wypełnienia deklaracji można zaprosić jeszcze raz, tę samą albo inną osobę.",
        button="Cofnij zaproszenie",
    )


@step(perms.invite_applicants, _declaration)
def remind(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(applicants.remind_applicant, by=request.actor, declaration_id=declaration.pk),
        ready=partial(applicants.require_reminding, declaration),
        said="Wysłano przypomnienie.",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        question=f"Przypomnieć o deklaracji: {declaration.applicant or 'nikogo nie zaproszono'}?",
        consequence="Ta osoba dostanie powiadomienie, że deklaracja czeka na złożenie. Jednego dnia "
        "przypominamy raz, a razem najwyżej cztery razy.",
        clause=perms.invite_applicants.clause,
        button="Przypomnij",
        danger=False,
    )


@step(perms.edit_declaration, visible_declaration)
def statements(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    declaration.require_editable()
    return form_page(
        request,
        StatementsForm(
            **sent(request),
            regulation=declarations.regulation_to_accept(request.actor.today),
            declaration=declaration,
        ),
        partial(declarations.make_statements, by=request.actor, declaration_id=declaration.pk),
        template="accession/declaration_statements.html",
        title="Oświadczenia",
        lead=f"Przystąpienie wymaga zaakceptowania regulaminu ({_CLAUSE}).",
        **of_step(request, declaration, "statements"),
    )


@step(perms.fill_in_declaration, visible_declaration)
def own_file(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    """The print to sign, and where the signed document is handed in."""
    if request.method == "POST" and declaration.state == DeclarationState.FILED:
        return already_saved(request, declaration.url)
    _require_filled_in(request.person, declaration)
    return form_page(
        request,
        SignedDeclarationForm(**sent(request)),
        partial(declarations.file_own_declaration, by=request.actor, declaration_id=declaration.pk),
        template="accession/declaration_own_file.html",
        title="Druk i podpis",
        lead="Pobierz deklarację, podpisz ją i dołącz podpisaną. Złożona deklaracja czeka na "
        f"decyzję Lidera ({_CLAUSE}).",
        declaration=declaration,
        annexes=annexes_of(declaration),
        **of_step(request, declaration, "own_file") | FILED,
    )


def _to_print(person: Person, pk: UUID, kind: str) -> tuple[AccessionDeclaration, str]:
    return visible_declaration(person, pk), kind


@page(perms.edit_declaration, _to_print)
def printed(request: PersonRequest, declaration: AccessionDeclaration, kind: str) -> HttpResponse:
    """The declaration as filled in so far, to be signed; nothing is frozen."""
    _require_filled_in(request.person, declaration)
    name = f"Deklaracja przystąpienia – {declaration.organisation.name}.{kind}"
    content = printed_declaration(declaration, FORMATS[kind], by=request.actor)
    return file_response(content, name=name, content_type=FORMATS[kind])


def _require_filled_in(person: Person, declaration: AccessionDeclaration) -> None:
    """Printing and filing come after everything that the print says."""
    has_people = declaration.signatory_id and declaration.coordinator_id
    if not declaration.is_editable:
        raise Problem(
            "Ta deklaracja jest już złożona",
            f"Jej stan: {declaration.get_state_display()}.",
            clause=_CLAUSE,
            at=declaration,
            action="Przejdź do deklaracji",
        )
    if not has_people or not declaration.regulation_id:
        raise Problem(
            "Najpierw uzupełnij deklarację",
            "Brakuje osoby podpisującej, koordynatora albo oświadczeń.",
            clause=_CLAUSE,
            href=declaration.url_of("statements") if has_people else next_step(person, declaration),
            action="Przejdź do deklaracji",
        )
    declarations.require_accepted(declaration)
