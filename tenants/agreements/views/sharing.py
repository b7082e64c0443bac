"""A draft is laid before its parties, and taken from them again (POR preamble)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.guard.passing import guarded
from kooperacja.pages import question, sent, step
from kooperacja.ui.forms import SeenForm
from tenants.agreements import perms
from tenants.agreements.actions import sharing as acts
from tenants.agreements.forms.comments import UnshareForm
from tenants.agreements.models import Agreement
from tenants.agreements.views import drafts
from tenants.people.identity import PersonRequest


@step(perms.write_agreements, drafts.find)
def share(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=agreement),
        partial(acts.share, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_shareable, agreement),
        question="Udostępnić projekt Stronom?",
        consequence="Osoby, które działają tu w imieniu Stron, przeczytają tekst projektu, jego "
        "zachowane wersje i uwagi, także te, które już zgłoszono, i będą mogły zgłaszać własne. "
        "Kto kieruje Stroną albo ją koordynuje, dostanie wiadomość. Tekst zachowamy jako wersję, a "
        "projekt można dalej zmieniać.",
        undo="Udostępnianie można przerwać, z powodem, który przeczytają Strony.",
        button="Udostępnij Stronom",
        said="Udostępniono projekt Stronom.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
        danger=False,
    )


@step(perms.write_agreements, drafts.find)
def unshare(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        UnshareForm(**sent(request), row=agreement),
        partial(guarded(acts.unshare), by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_shared, agreement),
        question="Przestać udostępniać projekt?",
        consequence="Strony nie będą czytać projektu ani uwag, a ich osoby dostaną wiadomość z "
        "powodem. Uwagi zostają i po ponownym udostępnieniu wrócą do Stron; uwagi, którą zgłosiła "
        "Strona, nie będzie do tego czasu komu zamknąć.",
        undo="Projekt można udostępnić jeszcze raz.",
        button="Przestań udostępniać",
        said="Stronom nie udostępnia się już projektu.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
    )
