"""Handlers of tenants' outboxes: they invite, end an access, rename."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.accounts.models import Account
from kooperacja.accounts.sessions import end_sessions
from kooperacja.audit.actor import Actor, named, signed
from kooperacja.audit.models import Entry, Via
from kooperacja.audit.record import record
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import invitations, proposals
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import MFA_ROLES


def invite(message: Any, tenant: TenantRef | None) -> None:
    """INVITATION: invite a person of the tenant to a role; one who works there just gets it."""
    given = message.payload
    row = _tenant(tenant)
    if _give_to_account(given, row):
        return
    invitations.invite(
        by=named(given["invited_by"]),
        email=given["email"],
        full_name=given["full_name"],
        tenant=row,
        role=given["role"],
        organisation_id=_uuid(given["organisation_id"]),
        organisation_name=given["organisation_name"],
        organisation_number=given.get("organisation_number", ""),
        person_id=_uuid(given["person_id"]),
        source_id=message.id,
    )


def end_access(message: Any, tenant: TenantRef | None) -> None:
    """ACCESS_END: a role ended in the tenant, so its door closes and open invitations with it."""
    given = message.payload
    row = _tenant(tenant)
    role, organisation_id = given["role"], _uuid(given["organisation_id"])
    same = {"tenant": row, "role": role, "organisation_id": organisation_id}
    by = named(given["ended_by"])
    held = Access.objects.filter(account_id=given["account_id"], ended_at=None, **same)
    for access in held:
        invitations.end_access(by=by, access=access, why="Rola się zakończyła.")
    waiting = Invitation.objects.filter(
        email=given["email"].lower(), accepted_at=None, withdrawn_at=None, **same
    )
    for invitation in waiting:
        invitations.withdraw(by=by, invitation=invitation)


def account_renamed(message: Any, tenant: TenantRef | None) -> None:
    """ACCOUNT_RENAMED: the journal of each unit in which the account works notes both names."""
    given = message.payload
    account = Account.objects.get(pk=given["account_id"])
    held = Access.objects.filter(account=account, ended_at=None).values("tenant")
    built = Tenant.objects.filter(pk__in=held).exclude(opened_at=None)
    for row in built.select_related("unit").order_by("unit__code"):
        with inside(row.ref), transaction.atomic():
            _note_once(message.id, account, given["before"], given["after"])


def _note_once(cause: UUID, account: Account, before: str, after: str) -> None:
    if Entry.objects.filter(verb="ACCOUNT_RENAMED", request_id=str(cause)).exists():
        return
    by = Actor(account.pk, signed(before, account.email), via=Via.TASK, request_id=str(cause))
    data = {"full_name": [before, after]}
    record(by=by, verb="ACCOUNT_RENAMED", why=f"{before} → {after}", data=data)


def administrator_due(message: Any, tenant: TenantRef | None) -> None:
    """ADMINISTRATOR_DUE: 72 hours have passed since an administrator was proposed."""
    proposals.send_due(proposal_id=UUID(message.payload["proposal_id"]))


def organisation_changed(message: Any, tenant: TenantRef | None) -> None:
    """ORGANISATION: its name or number changed; who works or is invited there goes by the new."""
    given = message.payload
    subject = message.dedupe.rpartition(":")[0]
    later = type(message).objects.filter(created_at__gt=message.created_at)
    if later.filter(dedupe__startswith=f"{subject}:").exists():
        return  # a repeat that came late must not bring the old name back
    same = {"tenant": _tenant(tenant), "organisation_id": UUID(given["organisation_id"])}
    now = {name: given[name] for name in ("organisation_name", "organisation_number")}
    Access.objects.filter(ended_at=None, **same).update(**now)
    Invitation.objects.filter(accepted_at=None, withdrawn_at=None, **same).update(**now)


def _give_to_account(given: dict[str, Any], tenant: Tenant) -> bool:
    """Whether the person already works in the tenant by an account, which now holds the role."""
    if not given["account_id"]:
        return False
    with transaction.atomic(using="shared"):
        held = Access.objects.filter(
            account_id=given["account_id"], tenant=tenant, ended_at=None
        ).select_related("account")
        accesses = list(held)
        if not accesses:
            return False
        _, is_new = Access.objects.get_or_create(
            account=accesses[0].account,
            tenant=tenant,
            role=given["role"],
            organisation_id=_uuid(given["organisation_id"]),
            ended_at=None,
            defaults={
                "organisation_name": given["organisation_name"],
                "organisation_number": given.get("organisation_number", ""),
                "person_id": _uuid(given["person_id"]),
                "granted_by": given["invited_by"],
            },
        )
        needs_factor = given["role"] in MFA_ROLES
        if is_new and needs_factor and not any(access.role in MFA_ROLES for access in accesses):
            end_sessions(accesses[0].account, keep=None)
    return True


def _tenant(tenant: TenantRef | None) -> Tenant:
    if tenant is None:
        raise ValueError("only a tenant invites to itself")
    return Tenant.objects.get(pk=tenant.id)


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
