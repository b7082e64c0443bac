"""Agreements in force as anybody may know them, and where parties made them public (POR §2.3.5)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.pages import form_page, page, sent, step
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from tenants.agreements import perms
from tenants.agreements.actions import publicity as acts
from tenants.agreements.forms.annexes import NewPublicityForm, PartySeatForm
from tenants.agreements.later import public_parties
from tenants.agreements.models import Agreement, Party, Publicity
from tenants.agreements.standing import Standing, day_read
from tenants.agreements.views import drafts
from tenants.agreements.views.parties import find_party
from tenants.agreements.workflow import BINDING, AgreementState
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest

_PAGE = "agreements:publicity"


@public
@require_safe
def publicly(request: TenantRequest) -> HttpResponse:
    """Agreements in force with their parties, for anybody."""
    rows = Agreement.objects.filter(state=AgreementState.IN_FORCE)
    context = {
        "partnership": get_object_or_404(Partnership),
        "agreements": list(public_parties(rows.order_by("in_force_from", "pk"))),
    }
    return render(request, "agreements/public.html", context)


@page(perms.see_agreement, drafts.find)
def listing(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """Where each party made its accession public, and which has not said so yet."""
    bound, is_open = [], agreement.state == AgreementState.IN_FORCE
    if agreement.state in BINDING:
        bound = Standing(agreement).bound(day_read(agreement, timezone.localdate()))
    found: dict[Party, list[Publicity]] = {party: [] for party in bound}
    rows = Publicity.objects.filter(party__in=bound).order_by("published_on", "pk")
    known = {party.pk: party for party in bound}
    for one in rows:
        found[known[one.party_id]].append(one)
    parties = sorted(found.items(), key=lambda pair: pair[0].position)
    context = {
        "agreement": agreement,
        "parties": [
            (party, rows, is_open and perms.publicise(request.person, party))
            for party, rows in parties
        ],
        "none_yet": [party for party, rows in parties if is_open and not rows],
    }
    return render(request, "agreements/publicity.html", context)


@step(perms.publicise, find_party)
def new(request: PersonRequest, party: Party) -> HttpResponse:
    return form_page(
        request,
        NewPublicityForm(**sent(request)),
        partial(acts.add, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_bound, party, request.actor.today),
        said="Zapisano, gdzie upubliczniono przystąpienie.",
        to=_to(party),
        title="Gdzie upubliczniono przystąpienie",
        lead="Strona upublicznia informację o przystąpieniu i promuje zadania porozumienia.",
        eyebrow=f"{party.label}: {party}",
        crumbs=_crumbs(party),
        submit="Zapisz",
    )


@step(perms.publicise, find_party)
def seat(request: PersonRequest, party: Party) -> HttpResponse:
    return form_page(
        request,
        PartySeatForm(**sent(request), row=party),
        partial(acts.set_seat, by=request.actor, party_id=party.pk),
        said="Zapisano, czy siedziba jest jawna.",
        to=_to(party),
        title="Jawność siedziby",
        lead="Publiczna strona porozumień podaje nazwę i siedzibę każdej Strony. Siedziby placówki "
        "chronionej nie podaje.",
        eyebrow=f"{party.label}: {party}",
        crumbs=_crumbs(party),
    )


def _to(party: Party) -> str:
    return reverse(_PAGE, args=[party.agreement_id])


def _crumbs(party: Party) -> list[tuple[str, str]]:
    return [*drafts.crumbs_of(party.agreement), ("Upublicznienie", _to(party))]
