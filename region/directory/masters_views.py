"""Master cards of institutions: the list, a card with its keepers, and who is let in to keep it (REG §3.2)."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.accounts.factors import actor_of
from kooperacja.accounts.models import Account
from kooperacja.pages import account_page, form_page, question, sent
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import Missing
from region.directory.masters_forms import NewMasterForm
from tenants.masters.actions import keepers, services
from tenants.masters.models import MasterCard, MasterKeeper, MasterService
from tenants.masters.standing import keeping, keeps, kept_by, may_let_in
from tenants.registry.perms import held_in_region

_KEEPING = "dopuszczenie do prowadzenia karty w katalogu"
ALL = ("Karty w katalogu", "directory:masters")


def account_of(request: HttpRequest) -> Account:
    return cast(Account, request.user)


@account_page()
@require_safe
def masters(request: HttpRequest) -> HttpResponse:
    """The cards that the account keeps; a coordinator of the ROPS sees all of them."""
    account = account_of(request)
    cards = MasterCard.objects.order_by(polish_order("name"), "pk")
    is_of_region = held_in_region(account.pk).exists()
    own = kept_by(account.pk)
    asked = MasterKeeper.objects.filter(account=account, let_in_on=None, ended_on=None)
    values = {
        "cards": list(cards if is_of_region else cards.filter(pk__in=own.values("pk"))),
        "asked": list(asked.select_related("card")),
        "waiting": set(_waiting().values_list("card", flat=True)),
        "is_of_region": is_of_region,
    }
    return render(request, "directory/masters.html", values)


def _waiting() -> Any:
    return MasterKeeper.objects.filter(let_in_on=None, ended_on=None)


def find_card(account: Account, pk: UUID) -> MasterCard:
    """A card that the account keeps; a coordinator of the ROPS opens each."""
    card = MasterCard.objects.filter(pk=pk).first()
    if card is None or not may_let_in(account.pk, card.pk):
        raise Missing("Nie ma takiej karty")
    return card


def kept_card(account: Account, pk: UUID) -> MasterCard:
    """A card that the account keeps itself."""
    card = MasterCard.objects.filter(pk=pk).first()
    if card is None or not keeps(account.pk, card.pk):
        raise Missing("Nie ma takiej karty")
    return card


@account_page(find_card)
@require_safe
def card(request: HttpRequest, card: MasterCard) -> HttpResponse:
    """A card: its services, who keeps it, who asks to."""
    today = timezone.localdate()
    rows = MasterService.objects.filter(card=card).order_by(polish_order("name"), "pk")
    asked = _waiting().filter(card=card).select_related("account")
    values = {
        "card": card,
        "services": [(one, one.is_offered(today), one.is_due(today)) for one in rows],
        "keepers": list(keeping().filter(card=card).select_related("account")),
        "asked": list(asked),
        "may_keep": keeps(account_of(request).pk, card.pk),
    }
    return render(request, "directory/master_card.html", values)


@account_page(kept_card)
def new(request: HttpRequest, card: MasterCard) -> HttpResponse:
    return form_page(
        request,
        NewMasterForm(**sent(request)),
        partial(services.add, by=actor_of(request), card_id=card.pk),
        said="Dodano usługę. Jednostki mogą ją teraz przyjąć do swoich koszyków.",
        to=lambda service: service.url,
        title="Nowa usługa w katalogu",
        eyebrow=card.name,
        back=card.url,
        crumbs=[ALL, (card.name, card.url)],
        submit="Dodaj usługę",
    )


def _find_keeper(account: Account, pk: UUID) -> MasterKeeper:
    keeper = MasterKeeper.objects.select_related("card", "account").filter(pk=pk).first()
    if keeper is None or not may_let_in(account.pk, keeper.card_id):
        raise Missing("Nie ma takiej prośby")
    return keeper


@account_page(_find_keeper, again=True, act=_KEEPING)
def let_in(request: HttpRequest, keeper: MasterKeeper) -> HttpResponse:
    return _asked(
        request,
        keeper,
        partial(keepers.admit, by=actor_of(request), keeper_id=keeper.pk),
        said="Dopuszczono do prowadzenia karty.",
        question=f"Dopuścić do prowadzenia karty: {keeper.account.full_name}?",
        consequence="Ta osoba będzie zmieniać i potwierdzać opisy usług dla wszystkich jednostek, "
        "które je przyjęły.",
        undo="Prowadzenie karty można w każdej chwili zakończyć.",
        button="Dopuść",
        danger=False,
    )


@account_page(_find_keeper, again=True, act=_KEEPING)
def refuse(request: HttpRequest, keeper: MasterKeeper) -> HttpResponse:
    return _asked(
        request,
        keeper,
        partial(keepers.refuse, by=actor_of(request), keeper_id=keeper.pk),
        said="Odmówiono.",
        question=f"Odmówić prowadzenia karty: {keeper.account.full_name}?",
        consequence="Ta osoba dowie się o tym e-mailem.",
        undo="Może poprosić jeszcze raz.",
        button="Odmów",
    )


@account_page(_find_keeper, again=True, act=_KEEPING)
def end(request: HttpRequest, keeper: MasterKeeper) -> HttpResponse:
    return _asked(
        request,
        keeper,
        partial(keepers.end, by=actor_of(request), keeper_id=keeper.pk),
        said="Zakończono prowadzenie karty.",
        question=f"Zakończyć prowadzenie karty: {keeper.account.full_name}?",
        consequence="Ta osoba od razu przestanie móc zmieniać i potwierdzać usługi z tej karty.",
        undo="Może poprosić o dopuszczenie jeszcze raz.",
        button="Zakończ",
    )


def _asked(
    request: HttpRequest, keeper: MasterKeeper, act: partial[MasterKeeper], **words: Any
) -> HttpResponse:
    """A question about who keeps a card; whoever ends their own keeping sees it no longer."""
    return question(
        request,
        forms.Form(**sent(request)),
        act,
        to="directory:masters",
        crumbs=[ALL, (keeper.card.name, keeper.card.url)],
        **words,
    )
