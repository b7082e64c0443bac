"""Coordinators of the partnership and workers for ZZK, whom a kooperant names (REG §1.3.a, §4.3)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership import consequences, perms
from tenants.partnership.actions.terms import (
    end_role_of,
    enter_post,
    locked_membership,
    require_free,
    require_holds,
    require_start,
    seat_to_end,
)
from tenants.partnership.models import DesignatedWorker, Membership, PartnershipCoordinator
from tenants.partnership.notifications import CoordinatorMissing
from tenants.people import perms as people_perms
from tenants.people.actions.invitations import (
    holders,
    invite_to_role,
    publish_figures,
    recipients,
    refuse_oneself,
)
from tenants.people.actions.persons import find_or_add_person, require_address
from tenants.people.invited import standings
from tenants.people.models import Person, Post, RoleAssignment
from tenants.registry.roles import Role


@transaction.atomic
def add_coordinator(
    *,
    by: Actor,
    key: UUID,
    membership_id: UUID,
    full_name: str,
    position: str,
    email: str,
    from_on: date,
    phone: str = "",
) -> PartnershipCoordinator:
    """Enter whom the institution delegates and invite them, at an address of their own if any."""
    membership = locked_membership(membership_id)
    perms.name_coordinators.require(Person.objects.acting(by), membership)
    if saved := PartnershipCoordinator.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_holds(by, membership, perms.name_coordinators.clause)
    require_start(by, from_on, membership.from_on)
    require_address(by, email)
    person = _person_of(by, membership, full_name=full_name, email=email, phone=phone)
    refuse_oneself(by, person)
    taken = "Ta osoba już jest koordynatorem tej instytucji."
    _offer_to_send_again(by, membership, person, taken)
    require_free(by, membership.coordinators.all(), person, from_on, taken)
    seat = PartnershipCoordinator(id=key, membership=membership, person=person, from_on=from_on)
    insert_once(seat)
    enter_post(membership.organisation, person, position, from_on, by=by)
    invite_to_role(
        by=by,
        person=person,
        role=Role.PARTNER_COORDINATOR,
        organisation=membership.organisation,
        from_on=from_on,
    )
    consequences.close_what_begins(by=by, membership=membership)
    data = {"person": [None, str(person.pk)], "from_on": [None, from_on.isoformat()]}
    entry = record(by=by, verb="COORDINATOR_ADDED", obj=membership.organisation, data=data)
    _settle_missing(membership)
    publish_figures(PartnershipCoordinator, cause=entry.pk)
    return seat


def _settle_missing(membership: Membership) -> None:
    """Nobody waits any longer for who coordinates after those that left."""
    for left in membership.coordinators.exclude(ended_on=None):
        settle(dedupe=_missing_key(left))


def _offer_to_send_again(by: Actor, membership: Membership, person: Person, taken: str) -> None:
    """Whoever coordinates there already and has not taken the invitation may be sent another."""
    held = (
        RoleAssignment.objects.on(by.today)
        .select_related("person")
        .filter(
            person=person,
            role=Role.PARTNER_COORDINATOR,
            organisation=membership.organisation_id,
        )
    )
    if assignment := held.first():
        standing = standings([assignment])[assignment.pk]
        if standing.may_send:
            raise Problem(
                taken,
                f"{person}: {standing.words}. Możesz je wysłać ponownie, nie trzeba wpisywać tej "
                "osoby jeszcze raz.",
                clause=perms.name_coordinators.clause,
                kept=NOTHING_DONE,
                at=assignment,
                page="again",
                action="Wyślij zaproszenie ponownie",
            )


def _person_of(
    by: Actor, membership: Membership, *, full_name: str, email: str, phone: str
) -> Person:
    """Somebody of the institution, as whoever writes may know or add them."""
    return find_or_add_person(
        by=by,
        full_name=full_name,
        email=email,
        phone=phone,
        organisation=membership.organisation,
    )


@transaction.atomic
def end_coordinator(*, by: Actor, coordinator_id: UUID, ended_on: date) -> PartnershipCoordinator:
    """End the delegation, the role and the access; the last one may leave too."""
    may = perms.name_coordinators
    seat = seat_to_end(by, PartnershipCoordinator, coordinator_id, may, ended_on)
    seat.end(ended_on)
    membership, role = seat.membership, Role.PARTNER_COORDINATOR
    end_role_of(by, role, seat.person_id, membership.organisation_id, ended_on)
    data = {"person": [str(seat.person_id), None], "ended_on": [None, ended_on.isoformat()]}
    entry = record(by=by, verb="COORDINATOR_ENDED", obj=membership.organisation, data=data)
    _tell_if_missing(by, membership, seat)
    publish_figures(PartnershipCoordinator, cause=entry.pk)
    return seat


def _missing_key(seat: PartnershipCoordinator) -> str:
    return f"coordinator-missing:{seat.pk}"


def _tell_if_missing(by: Actor, membership: Membership, seat: PartnershipCoordinator) -> None:
    """The Lider and the institution's head hear that nobody coordinates any more."""
    today = by.today
    if not membership.holds_on(today) or membership.coordinators.on(today).exists():
        return
    organisation = membership.organisation
    heads = holders(by, Role.PARTNER_HEAD, organisation_id=organisation.pk)
    send(
        CoordinatorMissing(organisation_id=organisation.pk, organisation_name=organisation.name),
        to=recipients([*holders(by, Role.LEAD), *heads]),
        dedupe=_missing_key(seat),
    )


@transaction.atomic
def designate_worker(
    *,
    by: Actor,
    key: UUID,
    membership_id: UUID,
    full_name: str,
    position: str,
    from_on: date,
    email: str = "",
    phone: str = "",
    head_id: UUID | None = None,
) -> DesignatedWorker:
    """Enter the worker whom the head indicates; the office says which head did so on paper."""
    membership = locked_membership(membership_id)
    person = Person.objects.acting(by)
    perms.designate_workers.require(person, membership)
    if saved := DesignatedWorker.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_holds(by, membership, perms.designate_workers.clause)
    require_start(by, from_on, membership.from_on)
    head_id = _indicating(person, membership, head_id, from_on)
    worker = _person_of(by, membership, full_name=full_name, email=email, phone=phone)
    require_free(
        by, membership.designated.all(), worker, from_on, "Ta osoba jest już wskazana do ZZK."
    )
    row = DesignatedWorker(id=key, membership=membership, person=worker, position=position)
    row.indicated_by_id, row.from_on = head_id, from_on
    insert_once(row)
    enter_post(membership.organisation, worker, position, from_on, by=by)
    consequences.close_what_begins(by=by, membership=membership)
    data = {"person": [None, str(worker.pk)], "indicated_by": [None, str(head_id)]}
    record(by=by, verb="WORKER_DESIGNATED", obj=membership.organisation, data=data)
    return row


@transaction.atomic
def end_designation(*, by: Actor, designation_id: UUID, ended_on: date) -> DesignatedWorker:
    """From this day the worker is no longer on the roster."""
    row = seat_to_end(by, DesignatedWorker, designation_id, perms.designate_workers, ended_on)
    row.end(ended_on)
    data = {"person": [str(row.person_id), None], "ended_on": [None, ended_on.isoformat()]}
    record(by=by, verb="WORKER_ENDED", obj=row.membership.organisation, data=data)
    return row


def _indicating(
    person: Person | None, membership: Membership, head_id: UUID | None, from_on: date
) -> UUID:
    """The head indicates in person; for the office it is somebody who was the head that day."""
    if person and head_id is None and people_perms.is_head(person, membership.organisation_id):
        return person.pk
    heads = Post.objects.on(from_on).filter(organisation=membership.organisation_id, is_head=True)
    if head_id is None or not heads.filter(person=head_id).exists():
        raise ValidationError(
            {
                "head": "Wybierz osobę, która tego dnia kierowała instytucją. Jeśli jej brak, "
                "najpierw wpisz jej funkcję na stronie instytucji."
            }
        )
    return head_id
