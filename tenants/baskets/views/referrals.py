"""Requests to take somebody into a service: asked, answered, withdrawn, by a number alone (REG §3.4)."""

from functools import partial

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.baskets import perms
from tenants.baskets.actions import referrals
from tenants.baskets.forms.referrals import ReferralAnswerForm, ReferralForm
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.services import Service
from tenants.baskets.owners import sides_of
from tenants.baskets.views.services import find_service
from tenants.baskets.workflow import REFERRAL, USING, ReferralState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams.sides import in_words

_BASKET = ("Koszyk usług", Service.LIST_PAGE)
_WAY = [_BASKET, ("Zapytania o przyjęcie", Referral.LIST_PAGE)]
_ROWS = Referral.objects.select_related("service__card__organisation", "asking")
_MISSING = "Nie ma takiego zapytania"
_find = visible(_ROWS, perms.see_referral, _MISSING)
_NO_DATA = (
    "Nie wpisujcie tu niczego o osobie. Kim jest, ustalcie bezpośrednio, podając numer zapytania."
)
_COLUMNS = (
    Column("numer", "Numer", "number", is_link=True, is_header=True),
    Column("usluga", "Usługa", lambda one: one.service.name),
    Column("kto", "Kto odpowiada", lambda one: one.service.card.owner),
    Column("pyta", "Kto pyta", "asker"),
    Column("stan", "Stan", "state_said"),
    Column("zapytano", "Zapytano", "asked_on", sort="asked_on"),
    Column("odpowiedziano", "Odpowiedziano", "answered_on", sort="answered_on"),
)


@page(perms.see_basket)
def listing(request: PersonRequest) -> HttpResponse:
    """Those that the reader's institutions ask or answer; to the office all of them."""
    return list_page(
        request,
        Table(
            request,
            _ROWS.filter(_own(request.person)),
            _COLUMNS,
            "Zapytania o przyjęcie",
            default="-zapytano",
            empty="Nie ma żadnego zapytania. Zapytać można ze strony usługi.",
        ),
        lead=f"Jedna instytucja pyta drugą, czy przyjmie osobę do swojej usługi. {_NO_DATA}",
        crumbs=[_BASKET],
        last="Zapytania o przyjęcie",
        is_taken=True,
    )


def _own(person: Person) -> Q:
    if perms.review(person):
        return Q()
    sides = sides_of(person, timezone.localdate())
    named = [one for one in sides if one]
    own = Q(asking__in=named) | Q(service__card__organisation__in=named)
    return own | Q(asking=None) if None in sides else own


@page(perms.see_referral, _find)
def show(request: PersonRequest, referral: Referral) -> HttpResponse:
    answers = perms.answer_referral(request.person, referral)
    withdraws = perms.withdraw_referral(request.person, referral)
    today = timezone.localdate()
    shown = {
        "referral": referral,
        "no_data": _NO_DATA,
        "may_answer": answers and REFERRAL.may(referral.state, ReferralState.ACCEPTED),
        "may_finish": answers and REFERRAL.may(referral.state, ReferralState.DONE),
        "may_withdraw": withdraws and REFERRAL.may(referral.state, ReferralState.WITHDRAWN),
        "is_late": referral.state == ReferralState.ASKED and referral.late_on < today,
    }
    return render(request, "baskets/referral.html", shown)


@step(perms.ask_for, find_service)
def ask(request: PersonRequest, service: Service) -> HttpResponse:
    today = timezone.localdate()
    sides = sides_of(request.person, today) - {service.card.organisation_id}
    return form_page(
        request,
        ReferralForm(**sent(request), speaks_for=in_words(sides)),
        partial(referrals.ask, by=request.actor, service_id=service.pk),
        ready=partial(referrals.require_in_basket, service, today),
        said="Zapytanie wysłane. Instytucja powinna odpowiedzieć w ciągu 30 dni.",
        to=lambda referral: referral.url,
        title="Zapytaj o przyjęcie",
        eyebrow=service.name,
        lead=f"{service.card.owner} dostanie numer zapytania i odpowie, czy może przyjąć osobę "
        f"({USING}). {_NO_DATA}",
        back=service.url,
        crumbs=[_BASKET, (service.name, service.url)],
        submit="Wyślij zapytanie",
    )


@step(perms.answer_referral, _find)
def answer(request: PersonRequest, referral: Referral) -> HttpResponse:
    return form_page(
        request,
        ReferralAnswerForm(**sent(request), initial={"version": referral.version}),
        partial(referrals.answer, by=request.actor, referral_id=referral.pk),
        ready=partial(require_may, referral, ReferralState.ACCEPTED),
        said="Odpowiedź wysłana.",
        to=referral.url,
        title="Czy przyjmiecie tę osobę?",
        eyebrow=f"{referral.service.name}, nr {referral.number}",
        lead=f"Pyta: {referral.asker}. {_NO_DATA}",
        crumbs=[*_WAY, (str(referral.number), referral.url)],
        last="Odpowiedź",
        submit="Wyślij odpowiedź",
    )


@step(perms.answer_referral, _find)
def finish(request: PersonRequest, referral: Referral) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(referrals.finish, by=request.actor, referral_id=referral.pk),
        ready=partial(require_may, referral, ReferralState.DONE),
        said="Zapisano: przyjęto.",
        to=referral.url,
        crumbs=[*_WAY, (str(referral.number), referral.url)],
        last="Przyjęto",
        question="Czy ta osoba korzysta już z usługi?",
        consequence="Zapytanie zostanie zamknięte jako przyjęte.",
        clause=USING,
        button="Tak, przyjęto",
        danger=False,
    )


@step(perms.withdraw_referral, _find)
def withdraw(request: PersonRequest, referral: Referral) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(referrals.withdraw, by=request.actor, referral_id=referral.pk),
        ready=partial(require_may, referral, ReferralState.WITHDRAWN),
        said="Zapytanie wycofane.",
        to=referral.url,
        crumbs=[*_WAY, (str(referral.number), referral.url)],
        last="Wycofanie",
        question=f"Wycofać zapytanie nr {referral.number}?",
        consequence=f"{referral.service.card.owner} nie będzie już na nie odpowiadać.",
        clause=USING,
        undo="Można potem zapytać jeszcze raz; zapytanie dostanie nowy numer.",
        button="Wycofaj",
        danger=False,
    )
