"""What the actions on dated rows share: the member, locked, and days that must be in order."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.ui.problems import Problem
from tenants.partnership import rules
from tenants.partnership.models import Membership
from tenants.people.actions.persons import email_owner
from tenants.people.models import Organisation, Person, Post, RoleAssignment


def locked_membership(membership_id: UUID) -> Membership:
    # Nothing is joined: whoever waited for the lock would see the joined rows as before the wait.
    found: Membership = Membership.objects.select_for_update().get(pk=membership_id)
    return found


def require_member(organisation: Organisation, clause: str) -> Membership:
    """The membership of today; nothing new is entered for an institution that has left."""
    found: Membership | None = organisation.memberships.on(timezone.localdate()).first()
    if found is None:
        raise _no_member(organisation, clause)
    return found


def require_holds(membership: Membership, clause: str) -> None:
    """The same of one membership, which may have ended since a page was opened."""
    if not membership.holds_on(timezone.localdate()):
        raise _no_member(membership.organisation, clause)


def _no_member(organisation: Organisation, clause: str) -> Problem:
    return Problem(
        "Ta instytucja nie należy do Partnerstwa",
        f"„{organisation.name}” nie jest dziś członkiem.",
        clause=clause,
        at=organisation,
        action="Przejdź do instytucji",
    )


def require_start(from_on: date, not_before: date | None = None) -> None:
    if wrong := rules.start_error(from_on, timezone.localdate(), not_before):
        raise ValidationError({"from_on": wrong})


def require_end(ended_on: date, from_on: date) -> None:
    if wrong := rules.end_error(ended_on, from_on, timezone.localdate()):
        raise ValidationError({"ended_on": wrong})


def require_own_email(email: str, full_name: str) -> None:
    """Everybody signs in with an address of their own."""
    if email and (other := email_owner(email, full_name)):
        raise ValidationError(
            {"email": f"Tego adresu używa już {other.full_name}. Każdy ma mieć własny."}
        )


def enter_post(organisation: Organisation, person: Person, function: str, from_on: date) -> None:
    """What the person is there, unless that is known."""
    Post.objects.get_or_create(
        person=person,
        organisation=organisation,
        function=function,
        ended_on=None,
        defaults={"from_on": from_on},
    )


def end_role_of(
    role: str, person_id: UUID, organisation_id: UUID, day: date
) -> list[RoleAssignment]:
    """The open roles of this kind, ended; the caller closes the access."""
    held = RoleAssignment.objects.select_for_update().filter(
        role=role, person_id=person_id, organisation_id=organisation_id, ended_on=None
    )
    ended = list(held)
    for one in ended:
        one.ended_on = max(day, one.from_on)
        one.save(update_fields=["ended_on"])
    return ended
