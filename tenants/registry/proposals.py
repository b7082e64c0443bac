"""The region proposes an administrator to a unit that lives, and the unit answers (REG §1.3.b)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor, named
from kooperacja.audit.record import record
from kooperacja.inbox.actions import queue_mail
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.letters import letter
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.outbox.actions import enqueue
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.problems import NOTHING_DONE, Problem, Refused
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved
from tenants.registry import invitations
from tenants.registry.journal import note
from tenants.registry.models import Access, AdministratorProposal, Invitation, Tenant
from tenants.registry.notifications import AdministratorProposed, AdministratorWaits
from tenants.registry.roles import MANAGERS, OFFICE_ROLES, Role
from tenants.registry.workflow import PROPOSAL, ProposalState, RegionVerb, TenantStatus

WAITS = timedelta(hours=72)
DUE = "ADMINISTRATOR_DUE"


def has_managers(tenant: Tenant) -> bool:
    """Somebody may answer: a Lider or an administrator who has come in and is still there."""
    return _holding(tenant, MANAGERS).filter(ended_at=None).exists()


def has_lived(tenant: Tenant) -> bool:
    """People of its office work there or did, so that nobody comes in unasked."""
    return _holding(tenant, OFFICE_ROLES).exists()


def _holding(tenant: Tenant, roles: frozenset[Role]) -> QuerySet[Access]:
    return Access.objects.filter(tenant=tenant, role__in=roles)


# --- The region --------------------------------------------------------------------------------


def invite_first(*, by: Actor, tenant: Tenant, source_id: UUID | None = None) -> None:
    """Invite the administrator of a unit in which nobody has worked yet; a newer one replaces it."""
    if source_id is None:
        waiting = Invitation.objects.filter(tenant=tenant, role=Role.TENANT_ADMIN, accepted_at=None)
        for invitation in waiting.filter(withdrawn_at=None).exclude(email=tenant.admin_email):
            invitations.withdraw(by=by, invitation=invitation)
    invitations.invite(
        by=by,
        email=tenant.admin_email,
        full_name=tenant.admin_name,
        tenant=tenant,
        role=Role.TENANT_ADMIN,
        source_id=source_id,
    )


# How long a unit's word on a person lasts, when the invitation ran out and is sent again.
AGREED_FOR = timedelta(days=30)


def by_region(tenant: Tenant) -> QuerySet[Invitation]:
    """Invitations to administer the unit that no role of its own asked for."""
    return Invitation.objects.filter(
        tenant=tenant, role=Role.TENANT_ADMIN, assignment_id=None
    ).select_related("tenant")


def newest_by_region(tenant: Tenant) -> list[Invitation]:
    """The newest of each address."""
    newest = {row.email: row for row in by_region(tenant).order_by("created_at")}
    return sorted(newest.values(), key=lambda row: row.created_at, reverse=True)


def agreed_lately(tenant: Tenant) -> set[str]:
    """Addresses of the people to whom the unit agreed a short time ago."""
    agreed = tenant.proposals.filter(state=ProposalState.INVITED)
    recent = agreed.filter(decided_at__gt=timezone.now() - AGREED_FOR)
    return set(recent.values_list("email", flat=True))


def _require_agreed(tenant: Tenant, invitation: Invitation) -> None:
    """Nobody comes into a unit that lives unasked: it is new, or has agreed to them lately."""
    is_asked = has_lived(tenant) and invitation.email not in agreed_lately(tenant)
    if tenant.status != TenantStatus.ACTIVE or is_asked:
        raise _ask_the_unit(tenant)


def send_again(*, by: Actor, tenant: Tenant, invitation: Invitation) -> Invitation:
    """Send the region's invitation of an administrator anew."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        now = _locked_tenant(tenant)
        _require_agreed(now, invitation)
        again = invitations.resend(by=by, invitation=invitation)
        _note(by, now, "INVITATION_RESENT", again)
    return again


def withdraw_invitation(*, by: Actor, tenant: Tenant, invitation: Invitation) -> Invitation:
    """Make the link that the region sent useless."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        now = _locked_tenant(tenant)
        withdrawn = invitations.withdraw(by=by, invitation=invitation)
        if withdrawn.withdrawn_at != invitation.withdrawn_at:
            _note(by, now, "INVITATION_WITHDRAWN", withdrawn)
    return withdrawn


def _locked_tenant(tenant: Tenant) -> Tenant:
    rows = Tenant.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=tenant.pk)


def _note(by: Actor, tenant: Tenant, verb: str, invitation: Invitation) -> None:
    words = f"{invitation.full_name}, {invitation.email}"
    is_again = verb == "INVITATION_RESENT"
    known = RegionVerb.ADMIN_AGAIN if is_again else RegionVerb.ADMIN_WITHDRAWN
    note(by=by, verb=known, about=f"{tenant.unit}: {words}")
    # The last thing before the commit: no invitation goes without its record.
    with inside(tenant.ref), transaction.atomic():
        record(by=by, verb=verb, why=words, data={"code": tenant.unit.code})


def _ask_the_unit(tenant: Tenant) -> Problem:
    return Problem(
        "O tym zaproszeniu decyduje teraz jednostka",
        f"{tenant}: pracują tu już ludzie ośrodka, więc nikt nie wchodzi bez ich zgody, albo "
        "jednostka nie jest otwarta. Zaproponuj administratora jeszcze raz.",
        clause="§ 1 ust. 3 lit. b regulaminu",
        kept=NOTHING_DONE,
        href=root_reverse("panel:tenant", tenant.unit.code),
        action="Wróć do jednostki",
    )


def propose(*, by: Actor, tenant: Tenant, email: str, full_name: str) -> AdministratorProposal:
    """Ask the people of a locked unit; where nobody can agree, the office has 72 h to stop it."""
    by.require_proof()
    withdraw_open(by=by, tenant=tenant)
    waits = not has_managers(tenant)
    proposal = AdministratorProposal(
        state=ProposalState.WAITING if waits else ProposalState.PROPOSED,
        due_at=timezone.now() + WAITS if waits else None,
        tenant=tenant,
        email=email,
        full_name=full_name,
        proposed_by=by.name[:200],
        proposer_id=by.account_id,
    )
    proposal.save(force_insert=True)
    if waits:
        _wake_at(proposal)
    with inside(tenant.ref), transaction.atomic():
        verb = "ADMINISTRATOR_WAITS" if waits else "ADMINISTRATOR_PROPOSED"
        record(by=by, verb=verb, why=str(proposal), data=_data(proposal))
        _tell_unit(proposal)
    return proposal


def withdraw_open(*, by: Actor, tenant: Tenant) -> None:
    """A newer proposal, or a shut door, takes the former one back."""
    rows = AdministratorProposal.objects.select_related("tenant__unit").select_for_update(
        of=("self",)
    )
    for proposal in rows.filter(tenant=tenant, state__in=sorted(PROPOSAL.open)):
        _move(by, proposal, ProposalState.WITHDRAWN)


def _wake_at(proposal: AdministratorProposal) -> None:
    enqueue(
        OutgoingMessage,
        kind=DUE,
        payload={"proposal_id": str(proposal.pk)},
        dedupe=f"administrator-due:{proposal.pk}",
        available_at=proposal.due_at,
    )


# --- The unit ----------------------------------------------------------------------------------


def confirm(*, by: Actor, proposal_id: UUID) -> AdministratorProposal:
    """A Lider or an administrator of the unit agrees: only now is anybody invited."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _to_answer(by, proposal_id, ProposalState.INVITED, MANAGERS)
        _invite(proposal)
        _move(by, proposal, ProposalState.INVITED, decided_at=timezone.now(), decided_by=by.name)
        _tell_region(proposal)
    return proposal


def answer(*, by: Actor, proposal_id: UUID, agrees: bool, reason: str) -> AdministratorProposal:
    """The answer that the page of the unit asks for: agree, or refuse with a reason."""
    if agrees:
        return confirm(by=by, proposal_id=proposal_id)
    return refuse(by=by, proposal_id=proposal_id, reason=reason)


def refuse(*, by: Actor, proposal_id: UUID, reason: str) -> AdministratorProposal:
    """The unit doesn't want this person; the region reads why."""
    return _refuse(by, proposal_id, reason, ProposalState.PROPOSED, MANAGERS)


def stop(*, by: Actor, proposal_id: UUID, reason: str) -> AdministratorProposal:
    """Anybody of the office stops the invitation while it waits."""
    return _refuse(by, proposal_id, reason, ProposalState.WAITING, OFFICE_ROLES)


def _refuse(
    by: Actor, proposal_id: UUID, reason: str, before: ProposalState, roles: frozenset[Role]
) -> AdministratorProposal:
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _to_answer(by, proposal_id, ProposalState.REFUSED, roles, before)
        _move(
            by,
            proposal,
            ProposalState.REFUSED,
            why=reason,
            reason=reason[:500],
            decided_at=timezone.now(),
            decided_by=by.name,
        )
        _tell_region(proposal)
    return proposal


def _to_answer(
    by: Actor,
    proposal_id: UUID,
    to: ProposalState,
    roles: frozenset[Role],
    before: ProposalState = ProposalState.PROPOSED,
) -> AdministratorProposal:
    """The locked proposal, if this account may answer it in the unit that it is about."""
    proposal = _locked(proposal_id)
    held = _holding(proposal.tenant, roles).filter(account=by.account_id, ended_at=None)
    if by.account_id is None or not held.exists():
        raise Refused("Nie możesz tego zrobić", "Na tę propozycję odpowiada jednostka.")
    if proposal.state == to and proposal.decided_by == by.name:
        raise AlreadySaved(proposal)
    proposal.require_state(before)
    require_may(proposal, to, by)
    return proposal


# --- When the time is over ---------------------------------------------------------------------


def send_due(*, proposal_id: UUID) -> None:
    """Invite who waited for 72 h and wasn't stopped; where somebody can agree by now, ask them."""
    with transaction.atomic(using="shared"):
        proposal = _locked(proposal_id)
        if proposal.state != ProposalState.WAITING:
            return
        by = named(proposal.proposed_by)
        if has_managers(proposal.tenant):
            _move(by, proposal, ProposalState.PROPOSED, due_at=None)
            with inside(proposal.tenant.ref), transaction.atomic():
                _tell_unit(proposal)
            return
        _invite(proposal)
        _move(by, proposal, ProposalState.INVITED, decided_at=timezone.now())
        _tell_region(proposal)


# --- Shared by them ----------------------------------------------------------------------------


def _locked(proposal_id: UUID) -> AdministratorProposal:
    rows = AdministratorProposal.objects.select_for_update(of=("self",))
    return rows.select_related("tenant__unit", "proposer").get(pk=proposal_id)


def _invite(proposal: AdministratorProposal) -> None:
    invitations.invite(
        by=named(proposal.proposed_by),
        email=proposal.email,
        full_name=proposal.full_name,
        tenant=proposal.tenant,
        role=Role.TENANT_ADMIN,
        source_id=proposal.pk,
    )
    # As the region's page of the unit names whom it invited last.
    tenant = proposal.tenant
    tenant.admin_email, tenant.admin_name = proposal.email, proposal.full_name
    tenant.save(update_fields=["admin_email", "admin_name", "changed_at"])


def _move(
    by: Actor, proposal: AdministratorProposal, to: ProposalState, why: str = "", **values: Any
) -> None:
    # The last thing before the commit: no change of state goes without its record.
    if to not in PROPOSAL.open:
        values.setdefault("decided_at", timezone.now())
    with inside(proposal.tenant.ref), transaction.atomic():
        said = f"{proposal}: {why}" if why else str(proposal)
        move(proposal, to, by=by, on=by.today, why=said, data=_data(proposal), **values)
        settle(dedupe=_dedupe(proposal, proposal.version - 1))


def _data(proposal: AdministratorProposal) -> dict[str, Any]:
    return {"proposal": str(proposal.pk), "email": [None, proposal.email]}


def _dedupe(proposal: AdministratorProposal, version: int) -> str:
    return f"administrator:{proposal.pk}:{version}"


def _tell_unit(proposal: AdministratorProposal) -> None:
    """By mail and in the inbox: those who answer, or the whole office where nobody can."""
    waits = proposal.state == ProposalState.WAITING
    message = AdministratorWaits if waits else AdministratorProposed
    roles = OFFICE_ROLES if waits else MANAGERS
    accounts = _holding(proposal.tenant, roles).filter(ended_at=None).values_list("account_id")
    send(
        message(proposal_id=proposal.pk, full_name=proposal.full_name, email=proposal.email),
        to=[Recipient(account_id=pk) for (pk,) in accounts.order_by("account_id").distinct()],
        dedupe=_dedupe(proposal, proposal.version),
    )


def _tell_region(proposal: AdministratorProposal) -> None:
    """Whoever proposed hears of the answer, with its reason."""
    proposer: Account | None = proposal.proposer
    if proposer is None:
        return
    page = root_reverse("panel:tenant", proposal.tenant.unit.code)
    mail = letter(
        "proposal_answered",
        {"proposal": proposal},
        title="Odpowiedź w sprawie administratora OPS",
        subject="Kooperacja: odpowiedź w sprawie administratora",
        links=[("Zobacz jednostkę", page)],
        ask="W razie pytań zwróć się do tej jednostki.",
    )
    dedupe = f"administrator-answered:{proposal.pk}"
    queue_mail(to=proposer.email, letter=mail, dedupe=dedupe)
