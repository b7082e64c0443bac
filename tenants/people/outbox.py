"""Handlers of the tenant's outbox: doors follow the roles that opened them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kooperacja.audit.actor import named
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import RoleAssignment
from tenants.registry import invitations
from tenants.registry.models import Access, Invitation


def roles_moved(message: Any, tenant: TenantRef | None) -> None:
    """ROLES_MOVED: entries were made one, or two again; what the roles say now is what counts."""
    if tenant is None:
        raise ValueError("only a tenant gives roles of its own")
    given = message.payload
    roles = RoleAssignment.objects.filter(pk__in=given["roles"]).order_by("pk")
    for role in roles.select_related("person", "organisation"):
        _follow(role, tenant, before=UUID(given["before"]))


def _follow(role: RoleAssignment, tenant: TenantRef, *, before: UUID) -> None:
    """Let the doors and invitations of a role name its person and institution of now.

    `before` is whose they were; by it one is known that does not name its role.
    """
    organisation = role.organisation
    now = {
        "person_id": role.person_id,
        "organisation_id": organisation.pk if organisation else None,
        "organisation_name": organisation.name if organisation else "",
        "organisation_number": organisation.number if organisation else "",
    }
    of_role = Q(assignment_id=role.pk)
    whose = Q(organisation_id=before) | Q(person_id=before)
    unnamed = Q(assignment_id=None, account_id=role.person.account_id, role=role.role) & whose
    Access.objects.filter(of_role | unnamed, tenant_id=tenant.id, ended_at=None).update(**now)
    waiting = Invitation.objects.filter(
        of_role, tenant_id=tenant.id, accepted_at=None, withdrawn_at=None
    )
    # A link is made for one institution: one that works still is replaced by one for the other.
    working = waiting.exclude(organisation_id=now["organisation_id"])
    for invitation in working.filter(expires_at__gt=timezone.now()).select_related("tenant__unit"):
        _send_anew(invitation, now)
    waiting.update(**now)


def _send_anew(invitation: Invitation, now: dict[str, Any]) -> None:
    by = named(invitation.invited_by)
    with transaction.atomic(using="shared"):
        invitations.withdraw(by=by, invitation=invitation)
        invitations.invite(
            by=by,
            email=invitation.email,
            full_name=invitation.full_name,
            tenant=invitation.tenant,
            role=invitation.role,
            assignment_id=invitation.assignment_id,
            **now,
        )
