"""Keepers of master cards today, which services units may take over, which wait to be confirmed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.masters.models import MasterCard, MasterKeeper, MasterService
from tenants.registry.models import Access
from tenants.registry.perms import held_in_region
from tenants.registry.roles import VOICE_ROLES


def speaks_for(account_id: UUID, regon: str) -> "QuerySet[Access]":
    """The accesses by which an account speaks in some unit for the institution of a REGON."""
    return Access.objects.filter(
        account=account_id, role__in=VOICE_ROLES, organisation_number=regon, ended_at=None
    )


def keeping() -> "QuerySet[MasterKeeper]":
    """Keepers of today: let in, and speaking still for the institution in some unit.

    Whoever left the institution keeps its card no longer, though nobody has said so here.
    """
    voices = Access.objects.filter(
        account=OuterRef("account"),
        role__in=VOICE_ROLES,
        organisation_number=OuterRef("card__regon"),
        ended_at=None,
    )
    return MasterKeeper.objects.filter(Exists(voices), ended_on=None).exclude(let_in_on=None)


def keeps(account_id: UUID, card_id: UUID) -> bool:
    """The account keeps the card now."""
    return keeping().filter(account=account_id, card=card_id).exists()


def may_let_in(account_id: UUID, card_id: UUID) -> bool:
    """A keeper of the card, and a coordinator of the ROPS, decide who keeps it."""
    return keeps(account_id, card_id) or held_in_region(account_id).exists()


def kept_by(account_id: UUID) -> "QuerySet[MasterCard]":
    """Cards that the account keeps."""
    return MasterCard.objects.filter(pk__in=keeping().filter(account=account_id).values("card"))


def offered(regons: Iterable[str], day: date) -> "QuerySet[MasterService]":
    """Services of these institutions that a unit may take over."""
    given = Q(ended_on=None) | Q(ended_on__gt=day)
    rows = MasterService.objects.filter(given, card__regon__in=list(regons), withdrawn_on=None)
    return rows.select_related("card")


def due(day: date) -> "QuerySet[MasterService]":
    """Services that their keepers are to confirm (REG §3.5.a)."""
    given = Q(ended_on=None) | Q(ended_on__gt=day)
    waits = Q(due_on=None) | Q(due_on__lte=day)
    rows = MasterService.objects.filter(given, waits, withdrawn_on=None)
    return rows.select_related("card").order_by("card", "due_on", "pk")
