"""Pages of a unit about the advisers whom the region proposes (POR support)."""

from functools import partial
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kooperacja.pages import form_page, question, sent, step
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import stopped
from kooperacja.ui.problems import Missing
from tenants.people import perms
from tenants.people.actions import advisers
from tenants.people.forms import AnswerForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.registry.forms import EndSupportForm
from tenants.registry.support import AdviserProposal
from tenants.registry.workflow import AdviserState

_OFFICE = "people:office"


def _proposal(person: Person, pk: UUID) -> AdviserProposal:
    """One that is about this unit; for anybody else there is none."""
    rows = AdviserProposal.objects.select_related("adviser")
    return get_object_or_404(rows, pk=pk, tenant_id=current_tenant().id)


def _support(person: Person, pk: UUID) -> AdviserProposal:
    """The same for those who may end it; nobody else learns of it."""
    proposal = _proposal(person, pk)
    if not perms.end_adviser(person, proposal):
        raise Missing("Nie ma takiego wsparcia", perms.end_adviser.why)
    return proposal


@step(perms.answer_advisers, _proposal, again=True)
def adviser(request: PersonRequest, proposal: AdviserProposal) -> HttpResponse:
    """The unit lets in an adviser whom the region proposes, or refuses."""
    return form_page(
        request,
        AnswerForm(**sent(request)),
        partial(advisers.answer, by=request.actor, proposal_id=proposal.pk),
        ready=partial(proposal.require_state, AdviserState.PROPOSED),
        said=_answered,
        to=lambda _: reverse("home"),
        title="Czy ta osoba ma doradzać Twojej jednostce?",
        eyebrow=f"{proposal}, {proposal.adviser.email}",
        lead=f"Doradcę proponuje koordynator ROPS: {proposal.proposed_by}. Doradca czyta "
        "porozumienia, które mogą czytać Strony, kto je podpisał i skład ich zespołów; spraw "
        f"rodzin, głosowań ani rejestrów nie widzi. Czas wsparcia: {stopped(proposal.adviser.term)} "
        "Zaproszenie wyślemy tylko wtedy, gdy zgodzi się administrator OPS albo osoba "
        "reprezentująca Lidera.",
        submit="Zapisz odpowiedź",
        back=reverse("home"),
        crumbs=[("Co dziś", "home")],
        last="Propozycja doradcy",
    )


def _answered(proposal: AdviserProposal) -> str:
    """The consequence of the answer, in words."""
    if proposal.state == AdviserState.CONFIRMED:
        return (
            f"Zapisano zgodę. {proposal.adviser.full_name} dostanie zaproszenie na adres "
            f"{proposal.adviser.email} i wejdzie do jednostki, gdy je przyjmie."
        )
    return "Zapisano odmowę. Koordynator ROPS przeczyta jej powód."


@step(perms.end_adviser, _support, again=True)
def end(request: PersonRequest, proposal: AdviserProposal) -> HttpResponse:
    """The unit parts with its adviser, or the adviser with the unit."""
    is_own = perms.is_own_support(request.person, proposal)
    return question(
        request,
        EndSupportForm(**sent(request)),
        partial(_leave, request, proposal.pk, is_own=is_own),
        ready=partial(proposal.require_state, AdviserState.CONFIRMED),
        said="Zakończono wsparcie. Dostęp jest zamknięty, a koordynator ROPS przeczyta powód.",
        to=root_reverse("places") if is_own else reverse(_OFFICE),
        back=reverse("home"),
        crumbs=[("Co dziś", "home")],
        question="Zakończyć swoje wsparcie w tej jednostce?"
        if is_own
        else f"Zakończyć wsparcie doradcy: {proposal}?",
        consequence="Dostęp doradcy do tej jednostki skończy się od razu. Porozumienia, które go "
        "wymieniają, się nie zmienią.",
        clause=perms.end_adviser.clause,
        undo="Koordynator ROPS może zaproponować doradcę ponownie, a jednostka się zgodzić.",
        button="Zakończ wsparcie",
    )


def _leave(request: PersonRequest, pk: UUID, *, is_own: bool, reason: str) -> AdviserProposal:
    ended = advisers.leave(by=request.actor, proposal_id=pk, reason=reason)
    if is_own:  # its sessions have ended, this one with them
        logout(request)
    return ended
