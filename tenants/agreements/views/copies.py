"""The copies of an agreement on paper: where each is, and that one was handed over (POR preamble)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kooperacja.pages import form_page, page, sent, step
from tenants.agreements import perms
from tenants.agreements.actions import copies as acts
from tenants.agreements.forms.copies import HandoverForm
from tenants.agreements.models import Agreement
from tenants.agreements.models.parties import named
from tenants.agreements.places import places_of
from tenants.agreements.views.drafts import crumbs_of, find
from tenants.people.identity import PersonRequest

_TITLE = "Egzemplarze"


@page(perms.see_copies, find)
def listing(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """Every copy with its holder, and the handovers that were entered."""
    acts.require_signed(agreement)
    handovers = list(agreement.handovers.select_related("receipt").prefetch_related(named()))
    context = {
        "agreement": agreement,
        "places": places_of(agreement),
        "handovers": [(one, perms.see_receipt(request.person, one)) for one in handovers],
        "can_write": perms.write_agreements(request.person),
    }
    return render(request, "agreements/copies.html", context)


@step(perms.write_agreements, find)
def hand_over(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    chosen = request.GET.get("egzemplarz", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 4
    back = reverse("agreements:agreement_copies", args=[agreement.pk])
    return form_page(
        request,
        HandoverForm(**sent(request), agreement=agreement, copy=int(chosen) if is_number else 1),
        partial(acts.hand_over, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_signed, agreement),
        said="Zapisano przekazanie egzemplarza.",
        to=back,
        title="Przekazanie egzemplarza",
        lead="Wpisz, kto ma teraz ten egzemplarz i jak go dostał. Wcześniejsze wpisy zostają; liczy "
        "się ostatni.",
        crumbs=[*crumbs_of(agreement), (_TITLE, back)],
    )
