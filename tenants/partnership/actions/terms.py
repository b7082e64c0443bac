"""Shared by the actions on dated rows: the member, locked, and days that must be in order."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.permissions import Permission
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, found_or_new
from tenants.partnership.models import DesignatedWorker, Membership, PartnershipCoordinator
from tenants.people import rules
from tenants.people.actions.invitations import take_role
from tenants.people.dated import holding
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, Post, RoleAssignment

Seat = TypeVar("Seat", PartnershipCoordinator, DesignatedWorker)


def locked_membership(membership_id: UUID) -> Membership:
    # Nothing is joined: whoever waited for the lock would see the joined rows as before the wait.
    membership: Membership = Membership.objects.select_for_update().get(pk=membership_id)
    return membership


def seat_to_end(
    by: Actor, seats: type[Seat], pk: UUID, may: Permission[...], ended_on: date
) -> Seat:
    """A seat that may end on the day, under the lock of its membership."""
    membership = locked_membership(seats.objects.get(pk=pk).membership_id)
    may.require(Person.objects.acting(by), membership)
    seat: Seat = seats.objects.select_related("membership__organisation").get(pk=pk)
    if seat.is_over:
        raise AlreadySaved(seat)
    require_end(by, ended_on, seat.from_on)
    return seat


def require_member(by: Actor, organisation: Organisation, clause: str) -> Membership:
    """The membership of today; nothing new is entered for an institution that has left."""
    member: Membership | None = organisation.memberships.on(by.today).first()
    if member is None:
        raise _no_member(organisation, clause)
    return member


def require_holds(by: Actor, membership: Membership, clause: str) -> None:
    """The same of one membership, which may have ended since a page was opened."""
    if not membership.holds_on(by.today):
        raise _no_member(membership.organisation, clause)


def _no_member(organisation: Organisation, clause: str) -> Problem:
    return Problem(
        "Ta instytucja nie należy do Partnerstwa",
        f"{quoted(organisation.name)} nie jest dziś członkiem.",
        clause=clause,
        at=organisation,
        action="Przejdź do instytucji",
    )


def require_start(by: Actor, from_on: date, not_before: date | None = None) -> None:
    if wrong := rules.start_error(from_on, by.today, not_before):
        raise ValidationError({"from_on": wrong})


def require_end(by: Actor, ended_on: date, from_on: date) -> None:
    if wrong := rules.end_error(ended_on, from_on, by.today):
        raise ValidationError({"ended_on": wrong})


def require_free(
    by: Actor, seats: QuerySet[Seat], person: Person, from_on: date, taken: str
) -> None:
    """Nobody has the same seat twice at a time."""
    own = seats.filter(person=person)
    if own.filter(holding(by.today)).exists():
        raise ValidationError({"full_name": taken})
    require_start(by, from_on, own.aggregate(last=Max("ended_on"))["last"])


def enter_post(
    organisation: Organisation,
    person: Person,
    function: str,
    from_on: date,
    *,
    by: Actor,
    is_head: bool = False,
) -> None:
    """Enter the person's function there, unless it is known."""
    post, is_new = found_or_new(
        Post,
        person=person,
        organisation=organisation,
        function=function,
        ended_on=None,
        defaults={"from_on": from_on, "is_head": is_head},
    )
    if is_new:
        follow(Post)
        data = {"person": [None, str(person.pk)], "function": [None, function]}
        record(by=by, verb="POST_ADDED", obj=organisation, why=str(post), data=data)


def end_role_of(by: Actor, role: str, person_id: UUID, organisation_id: UUID, day: date) -> None:
    """End the roles of this kind that are not over, and close their access."""
    held = RoleAssignment.objects.on(by.today).filter(
        role=role, person_id=person_id, organisation_id=organisation_id
    )
    for assignment in list(held.select_for_update()):
        take_role(by=by, assignment=assignment, day=day)
