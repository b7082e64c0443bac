"""Pages on which the Lider decides: each says what happens and on what clause (REG §1.5 s.2)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.audit.actor import Actor
from kooperacja.documents.sigreport import along, to_check
from kooperacja.pages import question, row, sent, step
from kooperacja.workflow import require_may
from tenants.accession import perms
from tenants.accession.actions import decisions
from tenants.accession.forms.declarations import AcceptanceForm, ReasonForm
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.views.declarations import crumbs_of, report_on
from tenants.accession.workflow import DeclarationState
from tenants.people.identity import PersonRequest

_declaration = row(
    AccessionDeclaration.objects.select_related(
        "organisation", "coordinator", "decided_by", "signatory", *along("file")
    )
)


@step(perms.decide, _declaration, again=True)
def accept(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    name, invited = declaration.organisation.name, declaration.coordinator
    return question(
        request,
        AcceptanceForm(**sent(request), initial={"version": declaration.version}),
        partial(decisions.accept_declaration, by=request.actor, declaration_id=declaration.pk),
        ready=partial(_require_acceptable, request.actor, declaration),
        said=lambda membership: f"{name}: {membership.declaration.annotation}",
        to=declaration.url,
        crumbs=crumbs_of(declaration),
        remarks=to_check(report_on(declaration)),
        question=f"Przyjąć do Partnerstwa: {name}?",
        consequence="Na deklaracji pojawi się adnotacja „przyjęto do Partnerstwa w dniu …”, "
        f"instytucja trafi do rejestru członków, a {invited} dostanie zaproszenie jako "
        "koordynator Partnerstwa.",
        clause=perms.decide.clause,
        undo="Przyjęcia nie można cofnąć. Członkostwo ustaje, gdy instytucja złoży pisemną "
        "rezygnację (§ 1 ust. 6 regulaminu).",
        button="Przyjmij do Partnerstwa",
        danger=False,
    )


def _require_acceptable(by: Actor, declaration: AccessionDeclaration) -> None:
    require_may(declaration, DeclarationState.ACCEPTED, by)
    decisions.require_own_address(declaration)


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
