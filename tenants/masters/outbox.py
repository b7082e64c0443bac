"""Handlers of messages about master cards."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.tenancy.ref import TenantRef
from tenants.masters import following, reporting
from tenants.masters.actions import keepers, reports
from tenants.registry.models import Tenant

BEGIN = "MASTER_BEGIN"


def begin(message: Any, tenant: TenantRef | None) -> None:
    """MASTER_BEGIN: a kooperant of a unit keeps its card in the directory from now on, or asks to."""
    given = message.payload
    by = Actor(UUID(given["account_id"]), given["by_name"], via=Via.TASK)
    row = Tenant.objects.select_related("unit").get(pk=_of(tenant).id)
    keepers.begin(by=by, given=given, tenant=row, at=message.created_at)


def follow(message: Any, tenant: TenantRef | None) -> None:
    """MASTER_FOLLOW: a unit follows a service, or does no longer."""
    following.take_in(message.payload, _of(tenant), message.created_at)


def deliver(message: Any, tenant: TenantRef | None) -> None:
    """MASTER_DUE: a unit is told what a service says now."""
    following.deliver(UUID(message.payload["following_id"]))


def report(message: Any, tenant: TenantRef | None) -> None:
    """MASTER_REPORT: a reader of a unit found a mistake in what a master holds."""
    on = timezone.localdate(message.created_at)
    reports.take_in(message.payload, _of(tenant), on)


def settled(message: Any, tenant: TenantRef | None) -> None:
    """MASTER_REPORT_SETTLED: a unit is told that a mistake was seen to."""
    reporting.deliver(UUID(message.payload["report_id"]))


def _of(tenant: TenantRef | None) -> TenantRef:
    if tenant is None:
        raise ValueError("only a tenant says that it follows a service")
    return tenant
