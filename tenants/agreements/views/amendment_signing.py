"""The parties sign an aneks, refuse and come back (POR-C signatures)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from kooperacja.pages import form_page, question, sent, step
from kooperacja.ui.polish import quoted
from tenants.agreements import perms
from tenants.agreements.actions import amendment_signing as acts
from tenants.agreements.actions import signing
from tenants.agreements.after_signing import said_after
from tenants.agreements.forms.signing import PartyRefusalForm, PartyReturnForm, PartySignatureForm
from tenants.agreements.models import AmendmentSide
from tenants.agreements.signed import file_to_continue
from tenants.agreements.views import amendments
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_CLAUSE = "zmiana porozumienia aneksem"


def _side(person: Person | None, pk: UUID) -> AmendmentSide:
    """A side of an aneks that exists for its reader."""
    rows = AmendmentSide.objects.select_related(
        "party", "amendment__agreement", "amendment__document__pdf"
    )
    side = get_object_or_404(rows, pk=pk)
    if not perms.see_amendment(person, side.amendment):
        raise Http404
    return side


@step(perms.sign_amendment, _side)
def sign(request: PersonRequest, side: AmendmentSide) -> HttpResponse:
    amendment = side.amendment
    return form_page(
        request,
        PartySignatureForm(**sent(request), party=side.party, document=amendment.document_id),
        partial(acts.sign, by=request.actor, side_id=side.pk),
        ready=partial(signing.require_to_sign, side, request.actor.today),
        said=partial(said_after, today=request.actor.today),
        to=amendment.url,
        template="agreements/sign.html",
        title="Podpis Strony pod aneksem",
        eyebrow=str(side),
        submit="Zapisz podpis",
        back=amendment.url,
        crumbs=amendments.crumbs_of(amendment),
        party=side.party,
        lies=amendment,
        to_sign=amendment.url_of("to_sign"),
        earlier=file_to_continue(amendment)[1] if amendment.is_signing else None,
    )


@step(perms.sign_amendment, _side)
def refuse(request: PersonRequest, side: AmendmentSide) -> HttpResponse:
    return question(
        request,
        PartyRefusalForm(**sent(request), row=side),
        partial(acts.refuse, by=request.actor, side_id=side.pk),
        ready=partial(signing.require_to_refuse, side, request.actor.today),
        question="Wpisać odmowę podpisu?",
        consequence=f"Strona {quoted(side)} nie podpisze aneksu, więc aneks nie wejdzie w życie. "
        "Odmowę i jej powód poznają ośrodek i Strony, które już podpisały.",
        clause=_CLAUSE,
        undo="Odmowę można cofnąć i podpisać, dopóki aneks czeka na podpisy.",
        button="Wpisz odmowę",
        said="Wpisano odmowę podpisu.",
        to=side.amendment.url,
        crumbs=amendments.crumbs_of(side.amendment),
    )


@step(perms.sign_amendment, _side)
def come_back(request: PersonRequest, side: AmendmentSide) -> HttpResponse:
    return question(
        request,
        PartyReturnForm(**sent(request), row=side),
        partial(acts.come_back, by=request.actor, side_id=side.pk),
        ready=partial(signing.require_refused, side, request.actor.today),
        question="Cofnąć odmowę podpisu?",
        consequence=f"Strona {quoted(side)} będzie mogła podpisać aneks. Ośrodek i Strony, które "
        "już podpisały, dostaną o tym wiadomość; odmowa zostaje w historii.",
        clause=_CLAUSE,
        undo="Odmowę można potem wpisać jeszcze raz.",
        button="Cofnij odmowę",
        said="Cofnięto odmowę. Strona może podpisać.",
        to=side.amendment.url,
        crumbs=amendments.crumbs_of(side.amendment),
        danger=False,
    )
