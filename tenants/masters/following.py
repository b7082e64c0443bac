"""Bringing what a master says into the units that follow it, over the outbox (ADR 0003).

A message names who follows, never what is said: it is read when it is brought, so that a message
that comes late or again brings nothing old.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from kooperacja import offers
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.actions import enqueue
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import found_or_new
from tenants.masters.models import MasterFollowing, MasterService

_UNWARNED = Q(is_over=True, is_warned=False, service__is_protected=True)
# Of a tenant's outbox: it follows a service from now on, or does no longer.
FOLLOW = "MASTER_FOLLOW"
# Of the shared plane's: a unit is to be told what a service says now.
DUE = "MASTER_DUE"


@dataclass(frozen=True, slots=True)
class FollowsMaster(offers.Offer):
    """Brings its rows of the tenant one is in up to what a master says; done twice, it is done once."""

    follow: Callable[[MasterService], None]
    hide: Callable[[MasterService], None]  # the address of copies that follow no longer


def spread(service: MasterService) -> None:
    """Have every unit that follows it told, after the commit."""
    rows = MasterFollowing.objects.filter(service=service)
    if not service.is_protected:
        rows.update(is_warned=False)
    told = rows.filter(_UNWARNED | Q(is_over=False))
    for following in told.order_by("pk"):
        _tell(following, f"{service.version}")


def begin(service: MasterService, tenant_id: UUID, at: datetime) -> None:
    """Let the unit of which it came follow it from its first day."""
    same = {"service": service, "tenant_id": tenant_id}
    following, _ = found_or_new(MasterFollowing, defaults={"said_at": at}, **same)
    _tell(following, "begun")


def take_in(given: dict[str, Any], tenant: TenantRef, at: datetime) -> None:
    """FOLLOW: what a unit said last holds, whichever of its messages comes last."""
    service = MasterService.objects.filter(pk=given["service_id"]).first()
    if service is None:
        return
    with transaction.atomic(using="shared"):
        values = {"said_at": at, "delivered": given["version"], "is_over": not given["follows"]}
        same = {"service": service, "tenant_id": tenant.id}
        following, is_new = found_or_new(MasterFollowing, defaults=values, **same)
        if not is_new:
            following = MasterFollowing.objects.select_for_update().get(pk=following.pk)
            if at <= following.said_at:
                return
            for name, value in values.items():
                setattr(following, name, value)
            following.save(update_fields=list(values))
        _tell(following, f"said:{at.timestamp()}")


def deliver(following_id: UUID) -> None:
    """DUE: bring it into the unit; one that nobody may work in waits for the clock."""
    with transaction.atomic(using="shared"):
        following = MasterFollowing.objects.select_for_update().get(pk=following_id)
        service = MasterService.objects.select_related("card").get(pk=following.service_id)
        tenant = directory().find_now(following.tenant_id)
        is_told = following.is_over or following.delivered == service.version
        warns = service.is_protected and not following.is_warned
        if tenant is None or not tenant.is_open or tenant.is_behind or (is_told and not warns):
            return
        with inside(tenant), transaction.atomic():
            for follower in offers.of(FollowsMaster):
                if not is_told:
                    follower.follow(service)
                if warns:
                    follower.hide(service)
        if not is_told:
            following.delivered = service.version
        following.is_warned = service.is_protected
        following.save(update_fields=["delivered", "is_warned"])


def forget(tenant: TenantRef) -> None:
    """Back from a backup, a unit is told everything anew; what it knows already changes nothing."""
    MasterFollowing.objects.filter(tenant=tenant.id).update(delivered=None, is_warned=False)


def catch_up(now: datetime) -> None:
    """Look again at units that missed something: suspended then, upgraded, or back from a backup."""
    open_ones = [tenant.id for tenant in directory().open_tenants()]
    rows = MasterFollowing.objects.filter(tenant__in=open_ones)
    late = Q(is_over=False) & (Q(delivered=None) | ~Q(delivered=F("service__version")))
    missed = rows.filter(late | _UNWARNED)
    waiting = OutgoingMessage.objects.filter(kind=DUE, done_at=None)
    on_their_way = set(waiting.values_list("payload__following_id", flat=True))
    for following in missed:
        if str(following.pk) not in on_their_way:
            _tell(following, f"{now:%Y%m%d%H%M%S}")


def _tell(following: MasterFollowing, cause: str) -> None:
    payload = {"following_id": following.pk}
    enqueue(OutgoingMessage, kind=DUE, payload=payload, dedupe=f"master:{following.pk}:{cause}")
