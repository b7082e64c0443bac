"""Keepers of a master card: the first who brings it, and whoever a keeper or the ROPS lets in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.problems import NOTHING_DONE, Missing, Problem, Refused
from kooperacja.writes import AlreadySaved, found_or_new
from tenants.masters import following
from tenants.masters.actions.services import brought
from tenants.masters.models import MasterCard, MasterKeeper
from tenants.masters.notifications import tell_keeper, tell_of_request
from tenants.masters.standing import keeping, keeps, may_let_in, speaks_for
from tenants.registry.coordinators import working
from tenants.registry.journal import note
from tenants.registry.models import Tenant
from tenants.registry.workflow import RegionVerb

NOT_KEEPER = "Kartę prowadzą osoby, które dopuścił do tego jej opiekun albo koordynator ROPS."


def begin(*, by: Actor, given: dict[str, Any], tenant: Tenant, at: datetime) -> None:
    """Put a card into the directory with the services of a unit's basket; their voice keeps it.

    A REGON that has a card gives no right to it: whoever asks waits until they are let in.
    """
    if by.account_id is None or not _is_voice(by.account_id, given["regon"], tenant):
        return
    with transaction.atomic(using="shared"):
        card, is_new = found_or_new(
            MasterCard,
            defaults={"name": given["name"], "begun_on": by.today},
            regon=given["regon"],
        )
        card = MasterCard.objects.select_for_update().get(pk=card.pk)
        if not is_new:
            _ask(by, card, tenant)
            return
        let_in = {"let_in_on": by.today, "let_in_by": by.name[:200]}
        MasterKeeper.objects.create(
            card=card, account_id=by.account_id, asked_in=tenant.label[:200], **let_in
        )
        _note(by, RegionVerb.MASTER_BEGUN, card, tenant.label)
        for said in given["services"]:
            if service := brought(by, card, said):
                following.begin(service, tenant.pk, at)


def _is_voice(account_id: UUID, regon: str, tenant: Tenant) -> bool:
    """Asked of the shared plane's own rows, whatever the message says."""
    return bool(regon) and speaks_for(account_id, regon).filter(tenant=tenant).exists()


def _ask(by: Actor, card: MasterCard, tenant: Tenant) -> None:
    assert by.account_id is not None
    if keeps(by.account_id, card.pk):
        return
    # Whoever kept it and left the institution meanwhile asks anew.
    stale = MasterKeeper.objects.filter(card=card, account=by.account_id, ended_on=None)
    stale.exclude(let_in_on=None).update(ended_on=by.today, ended_by=by.name[:200])
    keeper, is_new = found_or_new(
        MasterKeeper,
        defaults={"asked_in": tenant.label[:200]},
        card=card,
        account_id=by.account_id,
        ended_on=None,
    )
    if not is_new:
        return
    _note(by, RegionVerb.MASTER_ASKED, card, tenant.label)
    addresses = [one.account.email for one in keeping().filter(card=card).select_related("account")]
    addresses += [access.account.email for access in working()]
    tell_of_request(keeper, addresses)


def admit(*, by: Actor, keeper_id: UUID) -> MasterKeeper:
    """Let whoever asked keep the card; they must speak for the institution still."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        keeper = _locked(by, keeper_id)
        if keeper.let_in_on is not None and keeper.ended_on is None:
            raise AlreadySaved(keeper)
        _require_waiting(keeper)
        if not speaks_for(keeper.account_id, keeper.card.regon).exists():
            raise Problem(
                "Ta osoba nie mówi już w imieniu tej instytucji",
                "Kartę prowadzi kierujący instytucją albo jej koordynator Partnerstwa.",
                kept=NOTHING_DONE,
                at=keeper.card,
            )
        keeper.let_in_on, keeper.let_in_by = by.today, by.name[:200]
        keeper.save(update_fields=["let_in_on", "let_in_by"])
        _note(by, RegionVerb.MASTER_LET_IN, keeper.card, keeper.account.email)
        tell_keeper(keeper)
    return keeper


def refuse(*, by: Actor, keeper_id: UUID) -> MasterKeeper:
    """Say no to whoever asked; they may ask again."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        keeper = _locked(by, keeper_id)
        if keeper.ended_on is not None:
            raise AlreadySaved(keeper)
        _require_waiting(keeper)
        _close(by, keeper, RegionVerb.MASTER_REFUSED)
    return keeper


def end(*, by: Actor, keeper_id: UUID) -> MasterKeeper:
    """A keeper leaves the card, or is taken off it."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        keeper = _locked(by, keeper_id)
        if keeper.ended_on is not None:
            raise AlreadySaved(keeper)
        _close(by, keeper, RegionVerb.MASTER_KEEPER_ENDED)
    return keeper


def _close(by: Actor, keeper: MasterKeeper, verb: RegionVerb) -> None:
    keeper.ended_on, keeper.ended_by = by.today, by.name[:200]
    keeper.save(update_fields=["ended_on", "ended_by"])
    _note(by, verb, keeper.card, keeper.account.email)
    tell_keeper(keeper)


def _locked(by: Actor, keeper_id: UUID) -> MasterKeeper:
    rows = MasterKeeper.objects.select_for_update(of=("self",)).select_related("card", "account")
    keeper = rows.filter(pk=keeper_id).first()
    if keeper is None:
        raise Missing("Nie ma takiej prośby")
    if by.account_id is None or not may_let_in(by.account_id, keeper.card_id):
        raise Refused("Nie możesz tego zrobić", NOT_KEEPER)
    return keeper


def _require_waiting(keeper: MasterKeeper) -> None:
    if not keeper.is_waiting:
        raise Problem("Na tę prośbę już odpowiedziano", kept=NOTHING_DONE, at=keeper.card)


def _note(by: Actor, verb: RegionVerb, card: MasterCard, about: str) -> None:
    note(by=by, verb=verb, about=f"{card} (REGON {card.regon}): {about}", subject_id=card.pk)
