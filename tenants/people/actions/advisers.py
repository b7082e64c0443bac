"""Advisers of the ROPS: the unit lets them in or not, and they leave (POR support)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.problems import NOTHING_DONE, Problem
from tenants.people import perms
from tenants.people.actions.invitations import end_access, invite_to_role, take_role
from tenants.people.actions.persons import find_or_add_person
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tenants.registry import advisers as registry
from tenants.registry.roles import Role
from tenants.registry.support import Adviser, AdviserProposal
from tenants.registry.workflow import AdviserState


def answer(*, by: Actor, proposal_id: UUID, agrees: bool, reason: str) -> AdviserProposal:
    """The answer that the page of the unit asks for: let the adviser in, or refuse with a reason."""
    if agrees:
        return confirm(by=by, proposal_id=proposal_id)
    return refuse(by=by, proposal_id=proposal_id, reason=reason)


def confirm(*, by: Actor, proposal_id: UUID) -> AdviserProposal:
    """A Lider or an administrator agrees: only now the adviser gets the role and is invited."""
    by.require_proof()
    # The tenant's journal comes first: nobody is let in without its record.
    with transaction.atomic(using="shared"), transaction.atomic():
        proposal = registry.to_answer(by, proposal_id, AdviserState.CONFIRMED)
        perms.answer_advisers.require(Person.objects.acting(by))
        role, _ = invite_to_role(
            by=by,
            person=_person(by, proposal.adviser),
            role=Role.ADVISER,
            organisation=None,
            from_on=by.today,
            basis=f"propozycja ROPS: {proposal.proposed_by}"[:300],
        )
        registry.let_in(by=by, proposal=proposal, assignment_id=role.pk)
    return proposal


def refuse(*, by: Actor, proposal_id: UUID, reason: str) -> AdviserProposal:
    """A Lider or an administrator doesn't want this adviser."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = registry.to_answer(by, proposal_id, AdviserState.REFUSED)
        perms.answer_advisers.require(Person.objects.acting(by))
        registry.turn_down(by=by, proposal=proposal, reason=reason)
    return proposal


def _person(by: Actor, adviser: Adviser) -> Person:
    try:
        return find_or_add_person(
            by=by,
            full_name=adviser.full_name,
            email=adviser.email,
            phone=adviser.phone,
            organisation=None,
        )
    except ValidationError:
        raise Problem(
            "Tego doradcy nie można teraz wpuścić",
            f"Adres {adviser.email} ma w rejestrze osób ktoś o innym nazwisku niż "
            f"{adviser.full_name}. Popraw wpis w rejestrze osób albo poproś koordynatora ROPS o "
            "sprawdzenie adresu.",
            kept=NOTHING_DONE,
        ) from None


def leave(*, by: Actor, proposal_id: UUID, reason: str) -> AdviserProposal:
    """The unit ends the support, or the adviser does."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        of_here = AdviserProposal.objects.filter(tenant_id=current_tenant().id)
        proposal = of_here.select_for_update().get(pk=proposal_id)
        perms.end_adviser.require(Person.objects.acting(by), proposal)
        return registry.end_support(by=by, proposal_id=proposal_id, reason=reason)


def date_role(*, by: Actor, assignment_id: UUID, ended_on: date | None, why: str) -> None:
    """Let an adviser's role end on a day, to come or not; with none it goes on."""
    by.require_proof()
    rows = RoleAssignment.objects.filter(pk=assignment_id, role=Role.ADVISER)
    role = rows.select_for_update(of=("self",)).select_related("person").first()
    if role is None:
        return
    is_now = ended_on is not None and ended_on <= by.today
    if is_now and role.is_over:  # its last day has passed: what is left is the door
        end_access(by=by, assignment=role, why=why)
    elif is_now:
        take_role(by=by, assignment=role, why=why)
    elif role.ended_on != ended_on:
        before, role.ended_on = role.ended_on, ended_on
        role.save(update_fields=["ended_on"])
        follow(RoleAssignment)
        record(by=by, verb="ADVISER_TERM", obj=role, data={"ended_on": [before, ended_on]})
