"""The parties sign, refuse and come back; how one of them signed (POR-C signatures)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.documents.sigreport import along
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.polish import quoted
from tenants.accession.workflow import SignatureMode
from tenants.agreements import perms, rules
from tenants.agreements.actions import signing as acts
from tenants.agreements.after_signing import said_after
from tenants.agreements.forms.signing import (
    PartyRefusalForm,
    PartyReturnForm,
    PartySignatureForm,
    PartyWithdrawalForm,
)
from tenants.agreements.models import Party, Signature
from tenants.agreements.models.amendments import Lies
from tenants.agreements.models.signatures import WAYS
from tenants.agreements.signed import newest_electronic, report_on
from tenants.agreements.standing import given
from tenants.agreements.views import drafts
from tenants.agreements.views.parties import find_party
from tenants.agreements.workflow import PartyState
from tenants.people.identity import PersonRequest

_CLAUSE = "podpisy pod porozumieniem"


@step(perms.sign_for, find_party)
def sign(request: PersonRequest, party: Party) -> HttpResponse:
    agreement = party.agreement
    return form_page(
        request,
        PartySignatureForm(**sent(request), party=party, document=agreement.document_id),
        partial(acts.sign, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_to_sign, party, request.actor.today),
        said=partial(said_after, today=request.actor.today),
        to=agreement.url,
        template="agreements/sign.html",
        title="Podpis Strony",
        eyebrow=str(party),
        submit="Zapisz podpis",
        back=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
        party=party,
        lies=agreement,
        to_sign=agreement.url_of("to_sign"),
        earlier=newest_electronic(agreement),
    )


@step(perms.sign_for, find_party)
def refuse(request: PersonRequest, party: Party) -> HttpResponse:
    has_signed = party.state == PartyState.SIGNED
    form = PartyWithdrawalForm if has_signed else PartyRefusalForm
    words = _of_signature(party) if has_signed else _of_refusal(party)
    return question(
        request,
        form(**sent(request), row=party),
        partial(acts.refuse, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_to_refuse, party, request.actor.today),
        clause=_CLAUSE,
        **words,
        to=party.agreement.url,
        crumbs=drafts.crumbs_of(party.agreement),
    )


def _of_refusal(party: Party) -> dict[str, Any]:
    return {
        "question": "Wpisać odmowę podpisu?",
        "consequence": f"Strona {quoted(party)} nie podpisze porozumienia. Odmowę i jej powód "
        f"poznają ośrodek i Strony, które już podpisały.{_what_then(party)}",
        "undo": "Odmowę można cofnąć i podpisać, dopóki porozumienie czeka na podpisy.",
        "button": "Wpisz odmowę",
        "said": "Wpisano odmowę podpisu.",
    }


def _of_signature(party: Party) -> dict[str, Any]:
    return {
        "question": "Wycofać podpis Strony?",
        "consequence": f"Porozumienie jeszcze nie obowiązuje, więc Strona {quoted(party)} może "
        "wycofać podpis. Podpis przestanie się liczyć, a Strona nie będzie związana. Powód poznają "
        f"ośrodek i Strony, które podpisały.{_what_then(party)}",
        "undo": "Pod tym samym dokumentem Strona nie podpisze drugi raz. Gdyby zmieniła zdanie, "
        "ośrodek musi cofnąć porozumienie do projektu i przekazać je wszystkim do podpisu od nowa.",
        "button": "Wycofaj podpis",
        "said": "Wycofano podpis.",
    }


def _what_then(party: Party) -> str:
    """The consequence of a refusal for the whole agreement, if it has one."""
    others = party.agreement.parties.exclude(pk=party.pk).exclude(state=PartyState.REFUSED)
    if others.count() < rules.LEAST_PARTIES:
        return (
            " Zostanie mniej niż dwie Strony, które mogą podpisać, więc porozumienie nie wejdzie w "
            "życie."
        )
    if party.agreement.force == rules.LAST:
        return (
            " Porozumienie wchodzi w życie w dniu ostatniego podpisu, więc bez tego podpisu w życie "
            "nie wejdzie."
        )
    return ""


@step(perms.sign_for, find_party)
def come_back(request: PersonRequest, party: Party) -> HttpResponse:
    return question(
        request,
        PartyReturnForm(**sent(request), row=party),
        partial(acts.come_back, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_refused, party, request.actor.today),
        question="Cofnąć odmowę podpisu?",
        consequence=f"Strona {quoted(party)} będzie mogła podpisać porozumienie. Ośrodek i Strony, które już "
        "podpisały, dostaną o tym wiadomość; odmowa zostaje w historii.",
        clause=_CLAUSE,
        undo="Odmowę można potem wpisać jeszcze raz.",
        button="Cofnij odmowę",
        said="Cofnięto odmowę. Strona może podpisać.",
        to=party.agreement.url,
        crumbs=drafts.crumbs_of(party.agreement),
        danger=False,
    )


_signature = row(
    Signature.objects.marked().select_related(
        "party__agreement", "document", "file", "basis_file", *along("file")
    )
)


@page(perms.see_signing, _signature)
def show(request: PersonRequest, signature: Signature) -> HttpResponse:
    """How a party signed, with the report of its file."""
    lies = signature.lies
    is_own = perms.see_basis(request.person, signature)
    context: dict[str, Any] = {
        "signature": signature,
        "party": signature.party,
        "way": WAYS[SignatureMode(signature.mode)],
        "lies": lies,
        "is_void": _is_void(signature, lies),
        "is_withdrawn": signature.is_withdrawn,
        "report": report_on(signature),
        "may_open": signature.is_electronic or is_own,
        "sees_basis": is_own,
    }
    return render(request, "agreements/signature.html", context)


def _is_void(signature: Signature, lies: Lies) -> bool:
    """It is neither under the text as it lies before the parties, nor under a later accession."""
    if signature.document_id == lies.document_id:
        return False
    return all(one != signature for one in given(lies))
