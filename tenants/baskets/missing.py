"""Cards of services that kooperanci and the Lider still owe (REG §3.2)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from tenants.baskets.models.cards import Card
from tenants.baskets.models.merges import CardMerge
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import EntryState
from tenants.partnership.models import Membership, Partnership


def owing(day: date) -> "QuerySet[Membership]":
    """Members of a day of whom the Lider has no card: none is begun, it is empty, or all are drafts."""
    handed_in = _handed_in().filter(service__card__organisation=OuterRef("organisation"))
    merged = CardMerge.objects.filter(source__organisation=OuterRef("organisation"))
    cards = Card.objects.filter(organisation=OuterRef("organisation"))
    drafts = Service.objects.filter(card__organisation=OuterRef("organisation"))
    rows: QuerySet[Membership] = Membership.objects.on(day)
    if Partnership.is_dissolved():
        return rows.none()
    return (
        rows.filter(~Exists(handed_in), ~Exists(merged))
        .annotate(card=Subquery(cards.values("pk")[:1]), has_drafts=Exists(drafts))
        .select_related("organisation")
    )


def lead_owes() -> bool:
    """The Lider of a partnership that works has handed in no card of its own."""
    own = _handed_in().filter(service__card__organisation=None)
    return Partnership.is_active() and not own.exists()


def _handed_in() -> "QuerySet[ServiceEntry]":
    return ServiceEntry.objects.exclude(state=EntryState.DRAFT)


def card_said(row: Any) -> str:
    """The state in which the card of a row of `owing` is."""
    if row.card is None:
        return "nie założono"
    return "same szkice" if row.has_drafts else "bez usług"
