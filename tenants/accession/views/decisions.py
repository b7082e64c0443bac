"""Pages on which the Lider decides: each says what happens and on what clause (REG §1.5 s.2)."""

from functools import partial
from typing import Any

from django.http import HttpResponse

from kooperacja.audit.actor import Actor
from kooperacja.documents.sigreport import along, to_check
from kooperacja.pages import question, row, sent, step
from kooperacja.ui.forms import VersionedForm
from kooperacja.workflow import require_may
from tenants.accession import perms
from tenants.accession.actions import decisions
from tenants.accession.forms.declarations import AcceptanceForm, ReasonForm
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.views.declarations import crumbs_of, report_on
from tenants.accession.workflow import DeclarationState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_declaration = row(
    AccessionDeclaration.objects.select_related(
        "organisation",
        "coordinator",
        "decided_by",
        "signatory",
        "regulation",
        *along("file"),
    )
)


@step(perms.decide, _declaration, again=True)
def accept(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    name = declaration.organisation.name
    return question(
        request,
        AcceptanceForm(**sent(request), initial=_proposed(request.actor, declaration)),
        partial(decisions.accept_declaration, by=request.actor, declaration_id=declaration.pk),
        ready=partial(_require_acceptable, request.actor, declaration),
        said="Przyjęto deklarację.",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        remarks=to_check(report_on(declaration)),
        question=f"Przyjąć do Partnerstwa: {name}?",
        consequence="Na deklaracji pojawi się adnotacja „przyjęto do Partnerstwa w dniu …”, "
        f"a instytucja trafi do rejestru członków. {_what_comes(declaration.coordinator)}",
        clause=perms.decide.clause,
        undo="Przyjęcia nie można cofnąć. Członkostwo ustaje, gdy instytucja złoży pisemną "
        "rezygnację (§ 1 ust. 6 regulaminu).",
        button="Przyjmij do Partnerstwa",
        danger=False,
    )


def _what_comes(coordinator: Person | None) -> str:
    """The acceptance invites the coordinator, if they have an address of their own."""
    if coordinator is None or not coordinator.email:
        return f"Koordynator Partnerstwa ({coordinator}) będzie w rejestrze bez konta."
    return f"{coordinator} dostanie zaproszenie jako koordynator Partnerstwa."


def _require_acceptable(by: Actor, declaration: AccessionDeclaration) -> None:
    require_may(declaration, DeclarationState.ACCEPTED, by)
    decisions.require_own_address(declaration)
    decisions.require_acceptance(declaration, by.today)


def _proposed(by: Actor, declaration: AccessionDeclaration) -> dict[str, Any]:
    """Today, or the last day on which the version that it accepts was in force."""
    is_filed = declaration.state == DeclarationState.FILED
    last = declaration.declared.last_day(by.today) if is_filed else None
    return {"version": declaration.version, "decided_on": last or by.today}


@step(perms.reject, _declaration, again=True)
def renew(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    """It accepted a version that is no longer in force: one act gives it back for the new one."""
    return question(
        request,
        VersionedForm(**sent(request), initial={"version": declaration.version}),
        partial(decisions.return_for_acceptance, by=request.actor, declaration_id=declaration.pk),
        ready=partial(_require_outdated, request.actor, declaration),
        said="Zwrócono deklarację do akceptacji nowej wersji regulaminu.",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        question=f"Zwrócić do akceptacji nowej wersji: {declaration.organisation.name}?",
        consequence="Osoby wskazane w deklaracji dostaną wiadomość, która wersja regulaminu teraz "
        "obowiązuje. Instytucja akceptuje ją, podpisuje deklarację i składa ją jeszcze raz; "
        "deklarację papierową składa ośrodek.",
        clause="§ 1 ust. 5 i § 9 regulaminu",
        undo="To, co wpisano w deklaracji, zostaje.",
        button="Zwróć do akceptacji nowej wersji",
        danger=False,
    )


def _require_outdated(by: Actor, declaration: AccessionDeclaration) -> None:
    require_may(declaration, DeclarationState.RETURNED, by)
    decisions.require_outdated(declaration, by.today)


@step(perms.reject, _declaration, again=True)
def send_back(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    return question(
        request,
        ReasonForm(**sent(request), initial={"version": declaration.version}),
        partial(decisions.return_declaration, by=request.actor, declaration_id=declaration.pk),
        ready=partial(require_may, declaration, DeclarationState.RETURNED, request.actor),
        said="Zwrócono deklarację do poprawy.",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        remarks=to_check(report_on(declaration)),
        question=f"Zwrócić do poprawy deklarację: {declaration.organisation.name}?",
        consequence="Osoby wskazane w deklaracji dostaną wiadomość z uzasadnieniem. Regulamin nie "
        "opisuje zwrotu, dlatego uzasadnienie jest konieczne.",
        clause=perms.reject.clause,
        undo="Po poprawieniu deklarację można złożyć jeszcze raz.",
        button="Zwróć do poprawy",
        danger=False,
    )


@step(perms.reject, _declaration, again=True)
def refuse(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    return question(
        request,
        ReasonForm(**sent(request), initial={"version": declaration.version}),
        partial(decisions.refuse_declaration, by=request.actor, declaration_id=declaration.pk),
        ready=partial(require_may, declaration, DeclarationState.REFUSED, request.actor),
        said="Zapisano odmowę przyjęcia.",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        remarks=to_check(report_on(declaration)),
        question=f"Odmówić przyjęcia: {declaration.organisation.name}?",
        consequence="Osoby wskazane w deklaracji dostaną wiadomość z uzasadnieniem. Partnerstwo "
        "jest otwarte (§ 1 ust. 4 regulaminu), dlatego uzasadnienie jest konieczne.",
        clause=perms.reject.clause,
        undo="Odmowy nie można cofnąć, ale instytucja może złożyć nową deklarację.",
        button="Odmów przyjęcia",
    )
