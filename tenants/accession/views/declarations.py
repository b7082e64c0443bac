"""Declarations: the list, one of them, and entering it one thing at a time (REG §1.5)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kooperacja.documents.papers import newest
from kooperacja.documents.sigreport import Claim, Report, report_of
from kooperacja.pages import form_page, list_page, page, sent, step
from kooperacja.ui.conflict import already_saved
from kooperacja.ui.parts import Check, Event
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.accession import perms, rules
from tenants.accession.actions import declarations
from tenants.accession.forms.declarations import (
    CoordinatorForm,
    FilingForm,
    NewDeclarationForm,
    SignatoryForm,
)
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.papers import ANNOTATED_DECLARATION
from tenants.accession.views.entering import first_steps, next_step, steps_of
from tenants.accession.workflow import OPEN_DECLARATIONS, DeclarationState, SignatureMode
from tenants.partnership.models import Membership, Partnership
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Organisation, Person

_CLAUSE = perms.edit_declaration.clause
_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        "organisation",
        sort=polish_order("organisation__name"),
        is_link=True,
    ),
    Column("stan", "Stan", "get_state_display", sort="state"),
    Column("utworzona", "Wpisana", "created_at", sort="created_at"),
    Column("wplynela", "Wpłynęła", "received_on", sort="received_on"),
    Column("decyzja", "Decyzja z dnia", "decided_on", sort="decided_on"),
)
_KINDS = {
    DeclarationState.DRAFT: "neutral",
    DeclarationState.FILED: "wait",
    DeclarationState.ACCEPTED: "ok",
    DeclarationState.RETURNED: "info",
    DeclarationState.REFUSED: "stop",
}
_TITLES = {
    DeclarationState.DRAFT: "Rozpoczęto wpisywanie deklaracji",
    DeclarationState.FILED: "Deklaracja wpłynęła do Lidera",
    DeclarationState.ACCEPTED: "Przyjęto do Partnerstwa",
    DeclarationState.RETURNED: "Zwrócono do poprawy",
    DeclarationState.REFUSED: "Odmówiono przyjęcia",
}


def report_on(declaration: AccessionDeclaration) -> Report | None:
    if not SignatureMode(declaration.mode).is_electronic:
        return None
    signatory = declaration.signatory
    name = signatory.full_name if signatory else ""
    said = Claim(name, declaration.signed_on, declaration.mode)
    return report_of(declaration.file, said)


def annexes_of(declaration: AccessionDeclaration) -> list[tuple[DeclarationAnnex, Report | None]]:
    """The files beside it, each with the report of its signatures."""
    annexes = declaration.annexes.kept().with_files()
    return [(annex, report_of(annex.file, Claim())) for annex in annexes]


def state_kind(declaration: AccessionDeclaration) -> str:
    return _KINDS[DeclarationState(declaration.state)]


def may_declare(person: Person | None) -> bool:
    """Entering a declaration is offered to whom it is permitted, while one can be filed."""
    return perms.enter_declarations(person) and declarations.is_open(timezone.localdate())


@page(perms.list_declarations)
def listing(request: PersonRequest) -> HttpResponse:
    person = request.person
    return list_page(
        request,
        Table(
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
        ),
        lead="Przystąpienie następuje przez podpisanie deklaracji i przekazanie jej Liderowi "
        f"({_CLAUSE}).",
        add=[("Wpisz deklarację", "accession:declaration_new", may_declare)],
        is_taken=True,
    )


visible_declaration = visible(
    AccessionDeclaration.objects.whole(),
    perms.see_declaration,
    "Nie ma takiej deklaracji",
    "Widzi ją Lider i instytucja, która ją składa.",
)


@page(perms.see_declaration, visible_declaration)
def show(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    person = request.person
    due = declaration.decision_due
    is_filed = declaration.state == DeclarationState.FILED
    is_over = declaration.is_open and Partnership.is_dissolved()
    is_outdated = is_filed and not declaration.accepts_regulation_asked
    is_late = is_outdated and declaration.declared.last_day(request.actor.today) is None
    context = {
        "declaration": declaration,
        "kind": state_kind(declaration),
        "checks": _checks(declaration),
        "events": events_of(declaration, _TITLES, "reason"),
        "document": newest(ANNOTATED_DECLARATION, declaration.pk)
        if declaration.annotation
        else None,
        "report": report_on(declaration),
        "former_files": declaration.former_files(),
        "annexes": annexes_of(declaration),
        "due": due if is_filed else None,
        "is_overdue": bool(is_filed and due and due < request.actor.today),
        "can_edit": declaration.is_editable
        and not is_over
        and perms.edit_declaration(person, declaration),
        "can_accept": is_filed and not (is_over or is_late) and perms.decide(person, declaration),
        "can_reject": is_filed and perms.reject(person, declaration),
        "is_outdated": is_outdated,
        "next_step": next_step(person, declaration),
        **_of_applicant(person, declaration, is_over),
    }
    return render(request, "accession/declaration.html", context)


_LISTED = ("Deklaracje", AccessionDeclaration.LIST_PAGE)


def crumbs_of(declaration: AccessionDeclaration) -> list[tuple[str, str]]:
    """The way to the declaration, for the pages below it."""
    return [_LISTED, (declaration.organisation.name, declaration.url)]


def _of_applicant(
    person: Person, declaration: AccessionDeclaration, is_over: bool
) -> dict[str, Any]:
    """The steps that concern the person who was invited to fill it in."""
    keeps, is_draft = perms.enter_declarations(person), declaration.is_editable and not is_over
    return {
        "can_print": is_draft and declaration.accepts_regulation_asked,
        "can_withdraw_applicant": keeps and declaration.is_open and declaration.applicant_id,
        "can_remind": keeps and is_draft and declaration.applicant_id,
        "can_invite_applicant": keeps and is_draft and not declaration.applicant_id,
    }


def _checks(declaration: AccessionDeclaration) -> list[Check]:
    asked = declaration.regulation_asked
    return rules.completeness(
        has_coordinator=declaration.coordinator_id is not None,
        has_signatory=declaration.signatory_id is not None,
        has_signatory_function=bool(declaration.signatory_function),
        accepts_regulation_in_force=declaration.accepts_regulation_asked,
        has_signed_file=declaration.file_id is not None,
        in_force=asked.number if asked else None,
    )


def events_of(row: Any, titles: Mapping[Any, str], words: str, first: str = "") -> list[Event]:
    """The steps of a row as a history; `words` is their field of text, `first` the first clause."""
    events, before = [], ""
    for past in row.steps.all():
        clause = row.WORKFLOW.change(before, past.state).clause if before else first
        text = getattr(past, words)
        events.append(Event(past.happened_on, titles[past.state], text, _entered(past), clause))
        before = past.state
    return events


def _entered(past: Any) -> str:
    """The person who entered a step, with the day where it happened on another."""
    on = timezone.localdate(past.recorded_at)
    return (
        past.actor_name if on == past.happened_on else f"wpisano {pl_date(on)}: {past.actor_name}"
    )


@step(perms.enter_declarations)
def new(request: PersonRequest) -> HttpResponse:
    initial = {"organisation": request.GET.get("instytucja")}
    return form_page(
        request,
        NewDeclarationForm(
            **sent(request), initial=initial, organisations=_without_membership(request)
        ),
        partial(declarations.draft_declaration, by=request.actor),
        ready=partial(declarations.require_open, request.actor.today),
        said="",
        to=_to_next_step(request),
        template="accession/declaration_new.html",
        title="Która instytucja przystępuje?",
        eyebrow="Nowa deklaracja przystąpienia",
        submit="Dalej",
        steps=first_steps(),
        crumbs=[_LISTED],
        last="Nowa deklaracja",
        back=AccessionDeclaration.list_url(),
    )


def _to_next_step(request: PersonRequest) -> Callable[[AccessionDeclaration], str]:
    return lambda declaration: next_step(request.person, declaration)


def _without_membership(request: PersonRequest) -> QuerySet[Organisation]:
    """Those that may declare; what was sent is judged by the action, which says why not."""
    organisations = Organisation.objects.current().in_order()
    if request.method == "POST":
        return organisations
    members = Membership.objects.on(timezone.localdate()).values("organisation")
    free = organisations.exclude(pk__in=members)
    return free.exclude(declarations__state__in=OPEN_DECLARATIONS)


def _among(request: PersonRequest, declaration: AccessionDeclaration) -> dict[str, Any]:
    """The people among whom somebody may be there already; shown to the office alone."""
    if not perms.enter_declarations(request.person):
        return {}
    return {"organisation": declaration.organisation, "everybody": True}


@step(perms.edit_declaration, visible_declaration)
def signatory(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    return form_page(
        request,
        SignatoryForm(**sent(request), declaration=declaration, **_among(request, declaration)),
        partial(declarations.name_signatory, by=request.actor, declaration_id=declaration.pk),
        ready=declaration.require_editable,
        title="Kto podpisuje deklarację?",
        lead=f"Osoba upoważniona do reprezentowania instytucji ({_CLAUSE}).",
        **of_step(request, declaration, "signatory"),
    )


@step(perms.edit_declaration, visible_declaration)
def coordinator(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    return form_page(
        request,
        CoordinatorForm(**sent(request), declaration=declaration, **_among(request, declaration)),
        partial(declarations.name_coordinator, by=request.actor, declaration_id=declaration.pk),
        ready=declaration.require_editable,
        title="Kto będzie koordynatorem Partnerstwa?",
        lead="Instytucja deleguje co najmniej jedną osobę (§ 1 ust. 3 lit. a regulaminu).",
        **of_step(request, declaration, "coordinator"),
    )


def of_step(request: PersonRequest, declaration: AccessionDeclaration, name: str) -> dict[str, Any]:
    """Shared by the pages on which it is filled in: they lead to each other."""
    return {
        "said": "",
        "to": _to_next_step(request),
        "eyebrow": declaration.organisation.name,
        "steps": steps_of(request.person, declaration, name),
        "submit": "Dalej",
        "returned": returned_why(declaration),
        "back": declaration.url,
        "crumbs": crumbs_of(declaration),
    }


def returned_why(declaration: AccessionDeclaration) -> str:
    """The Lider's words on what is to be corrected, while it is."""
    return declaration.reason if declaration.state == DeclarationState.RETURNED else ""


@step(perms.edit_declaration, visible_declaration)
def file(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    if perms.fill_in_declaration(request.person, declaration):
        return redirect(declaration.url_of("own_file"))
    # Sent twice at once, the first may be saved before the second is read.
    if request.method == "POST" and declaration.state == DeclarationState.FILED:
        return already_saved(request, declaration.url)
    declaration.require_editable()
    return form_page(
        request,
        FilingForm(
            **sent(request),
            regulation=declarations.regulation_to_accept(request.actor.today),
            declaration=declaration,
        ),
        partial(declarations.file_declaration, by=request.actor, declaration_id=declaration.pk),
        template="accession/declaration_file.html",
        title="Podpisana deklaracja",
        lead="Dołącz podpisany dokument i złóż deklarację. Złożona czeka na decyzję Lidera "
        f"({_CLAUSE}).",
        declaration=declaration,
        annexes=annexes_of(declaration),
        **of_step(request, declaration, "file") | FILED,
    )


# What the pages on which it is handed in say instead.
FILED = {
    "said": "Złożono deklarację. Teraz decyduje Lider.",
    "to": lambda declaration: declaration.url,
    "submit": "Złóż deklarację",
}
