"""The Lider makes one card of two that one institution has (REG §3.2–3.3)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets import perms
from tenants.baskets.actions import services
from tenants.baskets.actions.adopting import let_go
from tenants.baskets.actions.cards import require_kept
from tenants.baskets.actions.duplicates import merge_kept
from tenants.baskets.actions.keeping import bump
from tenants.baskets.actions.rounds import close_of
from tenants.baskets.duplicates import leads_to
from tenants.baskets.models.cards import Card
from tenants.baskets.models.merges import CardMerge, ServiceMove
from tenants.baskets.models.services import Service
from tenants.baskets.standing import members_on
from tenants.baskets.two_cards import ENDED, Fate, TwoCards
from tenants.baskets.workflow import INTEGRATING
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@transaction.atomic
def merge(
    *,
    by: Actor,
    stays_id: UUID,
    goes_id: UUID,
    key: UUID,
    version: int,
    reason: str,
    fates: Mapping[UUID, Fate],
) -> CardMerge:
    """Retire a card: each of its services moves, ends, or was the same as one of the other.

    Nothing is thereby confirmed. StaleForm if anything of both cards is otherwise by now.
    """
    two = _locked(stays_id, goes_id)
    perms.merge_cards.require(Person.objects.acting(by), two.goes)
    if known := CardMerge.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    if two.version != version:
        raise StaleForm(two.stays.stays)
    require_mergeable(two, by.today)
    merged = CardMerge.objects.create(
        id=key,
        source=two.goes,
        target=two.stays,
        reason=reason,
        merged_on=by.today,
        merged_by_name=by.name[:200],
    )
    moved = _move(by, merged)
    for pk, fate in fates.items():
        _settle(by, moved[pk], fate)
    _gather(two)
    close_of(by, two.goes)
    told = record(by=by, verb="CARDS_MERGED", obj=two.goes, why=reason)
    publish_figures(Card, Service, cause=told.pk)
    return merged


def _locked(stays_id: UUID, goes_id: UUID) -> TwoCards:
    """Both cards with all of their services, locked in one order whoever asks."""
    rows = Card.objects.select_for_update(of=("self",)).select_related("organisation")
    cards = {one.pk: one for one in rows.filter(pk__in=(stays_id, goes_id)).order_by("pk")}
    list(Service.objects.select_for_update().filter(card__in=cards).order_by("pk"))
    return TwoCards(cards[stays_id], cards[goes_id])


def require_mergeable(two: TwoCards, day: date) -> None:
    """They are of one institution, as far as anybody can tell, and the card of a kooperant stays."""
    require_kept(two.stays)
    require_kept(two.goes)
    numbers = {card.organisation.regon for card in two.both if card.organisation} - {""}
    members = members_on(day)
    if len(numbers) > 1:
        raise _refused(
            two,
            "To karty różnych instytucji",
            f"Mają różne numery REGON ({' i '.join(sorted(numbers))}). Jeśli któryś wpisano błędnie, "
            "najpierw go popraw.",
        )
    if two.goes.organisation_id in members and two.stays.organisation_id not in members:
        raise _refused(
            two,
            "Zostać musi karta kooperanta",
            f"Do Partnerstwa należy {quoted(two.goes.owner)}, więc zostaje jej karta.",
        )


def _refused(two: TwoCards, title: str, why: str) -> Problem:
    return Problem(title, why, clause=INTEGRATING, kept=NOTHING_SAVED, at=two.goes)


def _move(by: Actor, merged: CardMerge) -> dict[UUID, Service]:
    """All services of the retired card, those too that have ended: what was said of them goes along."""
    moved = {}
    for service in Service.objects.filter(card=merged.source).order_by("pk"):
        service.card = merged.target
        bump(service, "card")
        ServiceMove.objects.create(merge=merged, service=service)
        record(by=by, verb="SERVICE_MOVED", obj=service, why=merged.source.owner)
        moved[service.pk] = service
    return moved


def _settle(by: Actor, service: Service, fate: Fate) -> None:
    """One that follows the directory stays before one of the unit that is the same."""
    if fate.code == ENDED:
        _let_go(by, service)
        services.end_kept(by, service, by.today, "koniec przy łączeniu kart")
    if fate.same_as:
        target = Service.objects.get(pk=fate.same_as)
        target = leads_to(target) or target
        if service.followed and not target.followed:
            service, target = target, service
        _let_go(by, service)
        merge_kept(by, service, target)


def _let_go(by: Actor, service: Service) -> None:
    if adoption := service.followed:
        let_go(by, service, adoption)


def _gather(two: TwoCards) -> None:
    """People and things of the retired card stand below those of the other."""
    for name in ("competences", "resources"):
        own = getattr(two.stays, name).splitlines()
        new = [line for line in getattr(two.goes, name).splitlines() if line not in own]
        setattr(two.stays, name, "\n".join([*own, *new]))
    two.stays.version += 1
    two.stays.save(update_fields=["competences", "resources", "version"])
