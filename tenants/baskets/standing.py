"""The basket of a day: kooperanci and their accepted services (REG §3.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kooperacja.ui.polish import polish_order
from tenants.baskets.models import Card, CardCheck, Service, ServiceEntry
from tenants.baskets.workflow import CheckState, EntryState
from tenants.partnership.models import Membership


def members_on(day: date) -> set[UUID]:
    """Kooperanci of a day."""
    return set(Membership.objects.on(day).values_list("organisation", flat=True))


def entries_on(day: date) -> Iterator[ServiceEntry]:
    """The basket of a day: accepted, given still, the owner a kooperant or the Lider."""
    members = members_on(day)
    rows = ServiceEntry.objects.filter(state=EntryState.ACCEPTED)
    for entry in rows.select_related("service__card__organisation").order_by(polish_order("name")):
        owner = entry.service.card.organisation_id
        is_given = not entry.service.is_over(day) and (
            entry.valid_until is None or day <= entry.valid_until
        )
        if is_given and (owner is None or owner in members):
            yield entry


def due_on(day: date) -> "QuerySet[Service]":
    """Services that were to be confirmed again by a day (REG §3.5.a)."""
    return Service.objects.filter(due_on__lte=day, ended_on=None)


def silent_cards() -> set[UUID]:
    """Cards whose owner could not be reached."""
    rows = CardCheck.objects.filter(state=CheckState.SILENT)
    return set(rows.values_list("card", flat=True))


def said_of(card: Card) -> list[tuple[Service, ServiceEntry]]:
    """Services of a card, each with what was said of it last."""
    entries = Prefetch("entries", ServiceEntry.objects.order_by("-number"), to_attr="said")
    services: Any = Service.objects.filter(card=card).prefetch_related(entries)
    return [(one, one.said[0]) for one in services]
