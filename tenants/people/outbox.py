"""Handlers of the tenant's outbox: doors follow the roles that opened them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM, named
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person, RoleAssignment
from tenants.registry import invitations
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.outbox import give_to_account

_ANOTHERS = "wpis w rejestrze połączono z innym albo cofnięto to połączenie"


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
    now, of_role = _named_by(role), Q(assignment_id=role.pk)
    whose = Q(organisation_id=before) | Q(person_id=before)
    unnamed = Q(assignment_id=None, account_id=role.person.account_id, role=role.role) & whose
    doors = Access.objects.filter(tenant_id=tenant.id, ended_at=None)
    doors.filter(of_role | unnamed).update(**now)
    for door in doors.filter(of_role).order_by("pk"):
        if _is_of_another(door, role.person):
            invitations.end_access(by=SYSTEM, access=door, why=_ANOTHERS)
    waiting = Invitation.objects.filter(
        of_role, tenant_id=tenant.id, accepted_at=None, withdrawn_at=None
    )
    if _has_opened(role, tenant, now):
        for invitation in waiting.order_by("pk"):
            invitations.withdraw(by=named(invitation.invited_by), invitation=invitation)
        return
    # A link is made for one institution: one that works still is replaced by one for the other.
    working = waiting.exclude(organisation_id=now["organisation_id"])
    for invitation in working.filter(expires_at__gt=timezone.now()).select_related("tenant__unit"):
        _send_anew(invitation, now)
    waiting.update(**now)


def _named_by(role: RoleAssignment) -> dict[str, Any]:
    organisation = role.organisation
    return {
        "person_id": role.person_id,
        "organisation_id": organisation.pk if organisation else None,
        "organisation_name": organisation.name if organisation else "",
        "organisation_number": organisation.number if organisation else "",
    }


def _is_of_another(door: Access, person: Person) -> bool:
    """The role went to an entry that is not its account's."""
    if person.account_id is not None:
        return door.account_id != person.account_id
    return Person.objects.filter(account_id=door.account_id).exists()


def _has_opened(role: RoleAssignment, tenant: TenantRef, now: dict[str, Any]) -> bool:
    """The account that came to the role works here, so it has its door, and its second factor."""
    if role.person.account_id is None or not role.holds_on(timezone.localdate()):
        return False
    given = {name: str(value) if isinstance(value, UUID) else value for name, value in now.items()}
    given |= {"account_id": role.person.account_id, "role": role.role}
    given |= {"assignment_id": str(role.pk), "invited_by": role.granted_by}
    return give_to_account(given, Tenant.objects.get(pk=tenant.id))


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
