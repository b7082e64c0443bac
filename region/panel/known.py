"""Reads all that the region knows of its units: what they published, and the registry."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone

from kooperacja.indicators import TOTAL
from kooperacja.ui.text import dialled
from region.monitoring.models import Figure, PublishedDay, PublishedLine
from region.monitoring.rules import months_after
from region.panel.rules import HALF_A_YEAR, MEMBERS, Invited, Known
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import MANAGERS, Role


@dataclass(frozen=True, slots=True)
class Contact:
    """The person of the office whom the region calls: the Lider, else an administrator."""

    name: str
    email: str
    role: Role

    @property
    def said(self) -> str:
        """The name with the address, once where they are the same."""
        return self.name if self.name == self.email else f"{self.name}, {self.email}"

    @property
    def role_name(self) -> str:
        return str(self.role.label)


@dataclass(frozen=True, slots=True)
class Office:
    """The Lider's office as its unit published it."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def dialled(self) -> str:
        return dialled(self.phone)


# The codes under which tenants publish them.
OFFICE = {"LEAD_NAME": "name", "LEAD_PHONE": "phone", "LEAD_EMAIL": "email"}


def offices_of(tenants: Collection[UUID]) -> dict[UUID, Office]:
    """The offices of those of these tenants that published anything of theirs; one query."""
    rows = PublishedLine.objects.filter(tenant__in=tenants, code__in=OFFICE).order_by()
    lines: dict[UUID, dict[str, str]] = {}
    for tenant, code, text in rows.values_list("tenant", "code", "text"):
        lines.setdefault(tenant, {})[OFFICE[code]] = text
    return {tenant: Office(**said) for tenant, said in lines.items()}


def known_of(tenant: UUID | None = None) -> dict[UUID, Known]:
    """The known facts of each tenant, or of one; five queries for any number."""
    of_one = Q() if tenant is None else Q(tenant=tenant)
    rows = Tenant.objects.filter(Q() if tenant is None else Q(pk=tenant)).order_by()
    days, accesses, invitations = _days(of_one), _accesses(of_one), _invitations(of_one)
    columns = ("pk", "status", "changed_at", "opened_at")
    published = ("publication__computed_at", "publication__period_on")
    values = list(rows.values_list(*columns, *published))
    members = _members(of_one, {row[-1] for row in values if row[-1]})
    return {
        pk: Known(
            status=status,
            status_on=_day(changed_at),
            opened_on=_day(opened_at),
            days=days.get(pk, {}),
            members=members.get((pk, period_on)),
            members_before=members.get((pk, _before(period_on))) if period_on else None,
            published_on=_day(computed_at),
            **accesses.get(pk, {}),
            **invitations.get(pk, {}),
        )
        for pk, status, changed_at, opened_at, computed_at, period_on in values
    }


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _before(month: date) -> date:
    return months_after(month, -HALF_A_YEAR)


def _days(of: Q) -> dict[UUID, dict[str, date]]:
    days: dict[UUID, dict[str, date]] = {}
    rows = PublishedDay.objects.filter(of).order_by()
    for tenant, code, day in rows.values_list("tenant", "code", "day"):
        days.setdefault(tenant, {})[code] = day
    return days


def _members(of: Q, months: Collection[date]) -> dict[tuple[UUID, date], int]:
    asked = {*months, *map(_before, months)}
    rows = Figure.objects.filter(of, indicator=MEMBERS, dimension=TOTAL, period_on__in=asked)
    values = rows.order_by().values_list("tenant", "period_on", "value")
    return {(tenant, month): value for tenant, month, value in values}


def _accesses(of: Q) -> dict[UUID, dict[str, Any]]:
    """The coming in of those who run each office, and if it has a Lider."""
    is_lead = Q(role=Role.LEAD)
    rows = Access.objects.filter(of, tenant__isnull=False, role__in=MANAGERS).order_by()
    counted = rows.values_list("tenant").annotate(
        leads=Count("pk", filter=is_lead & Q(ended_at=None)),
        left_at=Max("ended_at", filter=is_lead),
    )
    return {
        tenant: {"has_come_in": True, "has_lead": leads > 0, "lead_left_on": _day(left_at)}
        for tenant, leads, left_at in counted
    }


def _invitations(of: Q) -> dict[UUID, dict[str, Any]]:
    """How far the region's newest invitation of an administrator has come."""
    rows = Invitation.objects.filter(
        of, tenant__isnull=False, role=Role.TENANT_ADMIN, assignment_id=None
    )
    newest = rows.order_by("tenant", "-created_at").distinct("tenant")
    columns = ("tenant", "pk", "created_at", "expires_at", "accepted_at", "withdrawn_at")
    now = timezone.now()
    return {
        tenant: {"invitation_id": pk, "invited": invited, "invited_on": _day(at)}
        for tenant, pk, *moments in newest.values_list(*columns)
        for invited, at in [_stands(now, *moments)]
    }


def _stands(
    now: datetime,
    created_at: datetime,
    expires_at: datetime,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
) -> tuple[Invited, datetime]:
    if accepted_at:
        return Invited.TAKEN, accepted_at
    if withdrawn_at:
        return Invited.WITHDRAWN, withdrawn_at
    return (Invited.EXPIRED, expires_at) if expires_at <= now else (Invited.SENT, created_at)


def contacts_of(tenants: Collection[UUID]) -> dict[UUID, Contact]:
    """The person to call in each of these tenants; one query."""
    rows = Access.objects.filter(tenant__in=tenants, role__in=MANAGERS, ended_at=None)
    columns = ("tenant", "role", "account__full_name", "account__email")
    contacts: dict[UUID, Contact] = {}
    for tenant, role, name, email in rows.order_by("-granted_at", "-pk").values_list(*columns):
        known = contacts.get(tenant)
        if known is None or role == Role.LEAD or known.role != Role.LEAD:
            contacts[tenant] = Contact(name or email, email, Role(role))
    return contacts
