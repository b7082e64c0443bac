"""Whom a kooperant delegates to the partnership, from when and until when (REG §1.3.a par. 2)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership import perms
from tenants.partnership.actions.terms import (
    end_role_of,
    enter_post,
    locked_membership,
    require_end,
    require_holds,
    require_own_email,
    require_start,
)
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.partnership.notifications import CoordinatorMissing
from tenants.people.actions.invitations import (
    end_access,
    invite_to_role,
    publish_figures,
    recipients,
)
from tenants.people.actions.persons import find_or_add_person
from tenants.people.models import Person, RoleAssignment
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
    """Enter whom the institution delegates and invite them; needs an address of their own."""
    membership = locked_membership(membership_id)
    perms.name_coordinators.require(Person.objects.acting(by), membership)
    if saved := PartnershipCoordinator.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_holds(membership, perms.name_coordinators.clause)
    require_start(from_on, membership.from_on)
    require_own_email(email, full_name)
    chosen = find_or_add_person(
        full_name=full_name, email=email, phone=phone, organisation=membership.organisation
    )
    _require_free(membership, chosen, from_on)
    seat = PartnershipCoordinator(id=key, membership=membership, person=chosen, from_on=from_on)
    insert_once(seat)
    enter_post(membership.organisation, chosen, position, from_on)
    _invite(by, seat)
    data = {"person": [None, str(chosen.pk)], "from_on": [None, from_on.isoformat()]}
    entry = record(by=by, verb="COORDINATOR_ADDED", obj=membership.organisation, data=data)
    _settle_missing(membership)
    publish_figures(PartnershipCoordinator, cause=entry.pk)
    return seat


@transaction.atomic
def end_coordinator(*, by: Actor, coordinator_id: UUID, ended_on: date) -> PartnershipCoordinator:
    """End the delegation, the role and the access; the last one may leave too."""
    found = PartnershipCoordinator.objects.get(pk=coordinator_id)
    membership = locked_membership(found.membership_id)
    perms.name_coordinators.require(Person.objects.acting(by), membership)
    seat = PartnershipCoordinator.objects.get(pk=coordinator_id)
    if seat.ended_on is not None:
        raise AlreadySaved(seat)
    require_end(ended_on, seat.from_on)
    seat.ended_on = ended_on
    seat.save(update_fields=["ended_on"])
    ended = end_role_of(
        Role.PARTNER_COORDINATOR, seat.person_id, membership.organisation_id, ended_on
    )
    for assignment in ended:
        end_access(by=by, assignment=assignment)
    data = {"person": [str(seat.person_id), None], "ended_on": [None, ended_on.isoformat()]}
    entry = record(by=by, verb="COORDINATOR_ENDED", obj=membership.organisation, data=data)
    _tell_if_missing(by, membership, seat)
    publish_figures(PartnershipCoordinator, cause=entry.pk)
    return seat


def _invite(by: Actor, seat: PartnershipCoordinator) -> None:
    invite_to_role(
        by=by,
        person=seat.person,
        role=Role.PARTNER_COORDINATOR,
        organisation=seat.membership.organisation,
        from_on=seat.from_on,
    )


def _require_free(membership: Membership, chosen: Person, from_on: date) -> None:
    """Nobody coordinates for the same institution twice at a time."""
    before = membership.coordinators.filter(person=chosen)
    if before.filter(ended_on=None).exists():
        raise ValidationError({"full_name": "Ta osoba już jest koordynatorem tej instytucji."})
    require_start(from_on, before.aggregate(last=Max("ended_on"))["last"])


def _missing_key(seat: PartnershipCoordinator) -> str:
    return f"coordinator-missing:{seat.pk}"


def _tell_if_missing(by: Actor, membership: Membership, seat: PartnershipCoordinator) -> None:
    """The Lider and the institution's head hear that nobody coordinates any more."""
    today = by.today
    if not membership.holds_on(today) or membership.coordinators.on(today).exists():
        return
    held = RoleAssignment.objects.on(today).select_related("person")
    leads = held.filter(role=Role.LEAD)
    heads = held.filter(role=Role.PARTNER_HEAD, organisation=membership.organisation_id)
    send(
        CoordinatorMissing(
            organisation_id=membership.organisation_id,
            organisation_name=membership.organisation.name,
        ),
        to=recipients(one.person for one in (*leads, *heads) if one.person_id != by.person_id),
        dedupe=_missing_key(seat),
    )


def _settle_missing(membership: Membership) -> None:
    for seat in membership.coordinators.exclude(ended_on=None):
        settle(dedupe=_missing_key(seat))
