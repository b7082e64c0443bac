"""An institution accedes to an agreement in force: its paper, its signature, its end (POR-C §4.3)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.tenancy.urls import root_reverse
from tenants.accession.workflow import SignatureMode
from tenants.agreements import perms
from tenants.agreements.actions import accession as acts
from tenants.agreements.forms.accessions import (
    AccessionSignatureForm,
    AgainAccessionForm,
    NewAccessionForm,
    WithdrawAccessionForm,
)
from tenants.agreements.later import is_to_sign, state_shown
from tenants.agreements.models import Accession, Agreement, Party
from tenants.agreements.models.signatures import WAYS
from tenants.agreements.views import drafts
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_CLAUSE = "§ 4 ust. 3 porozumienia"
_LEAD = (
    "Powstanie dokument przystąpienia do podpisu. Od dnia podpisu przedstawiciela instytucja jest "
    "Stroną, a pozostałe Strony i ośrodek od razu dostaną o tym wiadomość. Nikt nie podpisuje ponownie."
)
_party = row(Party.objects.select_related("agreement"))
_accession = row(
    Accession.objects.select_related("agreement", "party", "document", "signature__file")
)


@step(perms.write_agreements, drafts.find)
def new(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return form_page(
        request,
        NewAccessionForm(**sent(request), agreement=agreement),
        partial(acts.prepare, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_open, agreement, request.actor.today),
        title="Przystąpienie instytucji",
        **_prepared(agreement),
    )


@step(perms.write_agreements, _party)
def again(request: PersonRequest, party: Party) -> HttpResponse:
    agreement = party.agreement
    return form_page(
        request,
        AgainAccessionForm(**sent(request)),
        partial(acts.prepare_again, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_apart, party, timezone.localdate()),
        title="Przystąpienie Strony, która nie podpisała",
        eyebrow=f"{party.label}: {party}",
        **_prepared(agreement),
    )


def _prepared(agreement: Agreement) -> dict[str, Any]:
    """The words that both forms share."""
    return {
        "said": "Przygotowano przystąpienie. Dokument czeka na podpis.",
        "to": lambda accession: accession.url,
        "back": agreement.url,
        "lead": _LEAD,
        "crumbs": drafts.crumbs_of(agreement),
        "submit": "Przygotuj przystąpienie",
    }


@page(perms.see_accession, _accession)
def show(request: PersonRequest, accession: Accession) -> HttpResponse:
    """Why an institution accedes, its paper and its signature."""
    signature = accession.signature
    words, kind = state_shown(accession)
    context = {
        "accession": accession,
        "agreement": accession.agreement,
        "words": words,
        "kind": kind,
        "is_past": accession.is_prepared and accession.is_past(request.actor.today),
        "signature": signature,
        "way": WAYS[SignatureMode(signature.mode)] if signature else "",
        "can_act": is_to_sign(accession, request.person),
    }
    return render(request, "agreements/accession.html", context)


@step(perms.sign_accession, _accession)
def sign(request: PersonRequest, accession: Accession) -> HttpResponse:
    acts.require_to_sign(accession, request.actor.today)
    assert accession.party is not None  # it has not been withdrawn
    return form_page(
        request,
        AccessionSignatureForm(**sent(request), party=accession.party),
        partial(acts.sign, by=request.actor, accession_id=accession.pk),
        said="Zapisano podpis. Instytucja jest Stroną, a wszystkie Strony dostaną wiadomość.",
        to=accession.url,
        template="agreements/accession_sign.html",
        title="Podpis pod przystąpieniem",
        eyebrow=accession.name,
        submit="Zapisz podpis",
        crumbs=[*drafts.crumbs_of(accession.agreement), ("Przystąpienie", accession.url)],
        accession=accession,
        party=accession.party,
    )


def _still_open(request: PersonRequest) -> str:
    """The list, unless whoever withdrew has just lost it with the accession."""
    is_open = perms.see_agreements(Person.objects.acting(request.actor))
    return reverse(drafts.LIST[1]) if is_open else root_reverse("places")


@step(perms.sign_accession, _accession, again=True, act="wycofanie przystąpienia")
def withdraw(request: PersonRequest, accession: Accession) -> HttpResponse:
    return question(
        request,
        WithdrawAccessionForm(**sent(request), row=accession),
        partial(acts.withdraw, by=request.actor, accession_id=accession.pk),
        ready=partial(acts.require_prepared, accession, request.actor.today),
        question="Wycofać przystąpienie?",
        consequence=f"{accession.name} nie przystąpi do porozumienia. Instytucja i ośrodek poznają "
        "powód. Kto wszedł do Kooperacji tylko za tę instytucję, straci dostęp.",
        clause=_CLAUSE,
        undo="Przystąpienie można potem przygotować od nowa.",
        button="Wycofaj przystąpienie",
        said="Wycofano przystąpienie.",
        to=lambda _: _still_open(request),
        back=accession.url,
        crumbs=[*drafts.crumbs_of(accession.agreement), ("Przystąpienie", accession.url)],
    )
