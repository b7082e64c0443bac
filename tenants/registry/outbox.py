"""Handlers of tenants' outboxes: they invite, end an access, rename."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.accounts.sessions import end_sessions
from kooperacja.audit.actor import Actor, named, signed
from kooperacja.audit.models import Entry, Via
from kooperacja.audit.record import record
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import found_or_new
from tenants.registry import invitations, proposals
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import MFA_ROLES

# How the messages of one role begin in the outbox, before its id.
INVITED, ENDED = "invitation:", "access-end:"
_ENDED = "rola się zakończyła"
_OPEN: dict[str, Any] = {"accepted_at": None, "withdrawn_at": None}


def invite(message: Any, tenant: TenantRef | None) -> None:
    """INVITATION: invite a person of the tenant to a role; one who works there just gets it."""
    given = message.payload
    row = _tenant(tenant)
    if _same_role(message, ENDED).exists() or give_to_account(given, row):
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
        assignment_id=_uuid(given.get("assignment_id")),
        source_id=message.id,
        basis=given.get("basis", ""),
    )


def end_access(message: Any, tenant: TenantRef | None) -> None:
    """ACCESS_END: a role ended in the tenant, so its door closes and open invitations with it."""
    given = message.payload
    # Whoever is just now inviting to this role is waited for; who comes later finds it ended.
    list(_same_role(message, INVITED).select_for_update())
    by = named(given["ended_by"])
    same = {"tenant": _tenant(tenant), "role": given["role"]}
    same["organisation_id"] = _uuid(given["organisation_id"])
    of_role = Q(assignment_id=_uuid(given.get("assignment_id")) or message.id)
    # What no role of the tenant opened, the region did; not after it was ended here.
    unnamed = Q(assignment_id=None, granted_at__lte=message.created_at)
    who = Q(account_id=given["account_id"]) if given["account_id"] else Q()
    who |= Q(person_id=_uuid(given.get("person_id")) or message.id)
    for access in Access.objects.filter(of_role | unnamed & who, ended_at=None, **same):
        invitations.end_access(by=by, access=access, why=given.get("why") or _ENDED)
    unnamed = Q(assignment_id=None, created_at__lte=message.created_at)
    whose = of_role | unnamed & Q(email=given["email"].lower())
    for invitation in Invitation.objects.filter(whose, **_OPEN, **same):
        invitations.withdraw(by=by, invitation=invitation)


def _same_role(message: Any, begins: str) -> QuerySet[Any]:
    """The message that invited to the role of this one, or ended it."""
    assignment = message.dedupe.rpartition(":")[2]
    rows: QuerySet[Any] = type(message).objects.filter(dedupe=f"{begins}{assignment}")
    return rows


def account_renamed(message: Any, tenant: TenantRef | None) -> None:
    """ACCOUNT_RENAMED: the journal of each unit in which the account works notes both names."""
    _note_everywhere(message, "full_name")


def account_readdressed(message: Any, tenant: TenantRef | None) -> None:
    """ACCOUNT_READDRESSED: the same for the address by which it signs in; invitations follow it."""
    _note_everywhere(message, "email")
    before, after = message.payload["before"], message.payload["after"]
    # The former address may be somebody else's by the time of a repeat.
    open_ones = Invitation.objects.filter(
        email=before.lower(), created_at__lte=message.created_at, **_OPEN
    )
    for invitation in open_ones.filter(expires_at__gt=timezone.now()).order_by("pk"):
        invitations.follow(invitation, after)
    open_ones.update(email=after.lower())  # those that ran out, for when they are sent again


def _note_everywhere(message: Any, name: str) -> None:
    given = message.payload
    account = Account.objects.get(pk=given["account_id"])
    held = Access.objects.filter(account=account, ended_at=None).values("tenant")
    built = Tenant.objects.filter(pk__in=held).exclude(opened_at=None)
    for row in built.select_related("unit").order_by("unit__code"):
        with inside(row.ref), transaction.atomic():
            _note_once(message, account, name)


def _note_once(message: Any, account: Account, name: str) -> None:
    cause, before, after = str(message.id), message.payload["before"], message.payload["after"]
    if Entry.objects.filter(verb=message.kind, request_id=cause).exists():
        return
    was = {"full_name": account.full_name, "email": account.email, name: before}
    who = signed(was["full_name"], was["email"])
    by = Actor(account.pk, who, via=Via.TASK, request_id=cause)
    data = {name: [before, after]}
    record(by=by, verb=message.kind, why=f"{before} → {after}", data=data)


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
    Invitation.objects.filter(**_OPEN, **same).update(**now)


def give_to_account(given: dict[str, Any], tenant: Tenant) -> bool:
    """The person already works in the tenant by an account, which now holds the role."""
    if not given["account_id"]:
        return False
    with transaction.atomic(using="shared"):
        held = Access.objects.filter(
            account_id=given["account_id"], tenant=tenant, ended_at=None
        ).select_related("account")
        accesses = list(held)
        if not accesses:
            return False
        access, is_new = found_or_new(
            Access,
            account=accesses[0].account,
            tenant=tenant,
            role=given["role"],
            organisation_id=_uuid(given["organisation_id"]),
            ended_at=None,
            defaults={
                "organisation_name": given["organisation_name"],
                "organisation_number": given.get("organisation_number", ""),
                "person_id": _uuid(given["person_id"]),
                "assignment_id": _uuid(given.get("assignment_id")),
                "granted_by": given["invited_by"],
            },
        )
        if not is_new:
            invitations.tie(access, _uuid(given.get("assignment_id")))
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
