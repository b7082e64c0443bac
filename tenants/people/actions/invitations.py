"""Roles that are given and taken, and messages that leave the tenant through its outbox."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.drafts.keeping import forget_all_of
from kooperacja.notifications.actions import ask_outside
from kooperacja.notifications.base import Recipient
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, found_or_new
from tenants.exchange.actions import ADDRESS, PUBLIC
from tenants.people import perms
from tenants.people.followers import follow
from tenants.people.invited import invitations_of, standings
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.people.protected import is_protected
from tenants.registry import invitations as registry
from tenants.registry.models import Invitation, Tenant
from tenants.registry.outbox import ENDED, INVITED
from tenants.registry.roles import Role
from tenants.registry.standing import NO_ADDRESS, Standing

INVITATION, ACCESS_END, FIGURES = "INVITATION", "ACCESS_END", "FIGURES"
INSTITUTION, ORGANISATION = "INSTITUTION", "ORGANISATION"
_ONESELF = "Nikt nie nadaje roli samemu sobie"
_ANOTHER = (
    "Tę rolę może Ci nadać inna osoba, która może to zrobić: w ośrodku administrator OPS albo "
    "osoba reprezentująca Lidera, w instytucji także ośrodek."
)


@transaction.atomic
def invite_to_role(
    *,
    by: Actor,
    person: Person,
    role: str,
    organisation: Organisation | None,
    from_on: date,
    basis: str = "",
) -> tuple[RoleAssignment, bool]:
    """Give a role and invite to sign in with it, if there is an address; held already (False), nothing."""
    by.require_proof()
    if _is_oneself(by, person):
        raise Problem(_ONESELF, _ANOTHER, kept=NOTHING_DONE)
    same: dict[str, Any] = {"person": person, "role": role, "organisation": organisation}
    # One that ends on a day to come is held until then.
    if held := RoleAssignment.objects.on(by.today).filter(**same).first():
        return held, False
    assignment, is_new = found_or_new(
        RoleAssignment,
        **same,
        ended_on=None,
        defaults={"from_on": from_on, "granted_by": by.name, "basis": basis},
    )
    if not is_new:
        return assignment, False
    follow(RoleAssignment)
    record(
        by=by,
        verb="ROLE_GIVEN",
        obj=assignment,
        why=basis,
        data={"role": [None, role], "person": [None, str(person.pk)]},
    )
    if person.email or person.account_id:  # else a person of the register, without an account
        _ask_to_sign_in(by, assignment)
    return assignment, True


def _ask_to_sign_in(by: Actor, assignment: RoleAssignment) -> None:
    account_id = assignment.person.account_id
    ask_outside(
        kind=INVITATION,
        payload={"account_id": account_id, "invited_by": by.name, **_facts(assignment)},
        dedupe=f"{INVITED}{assignment.pk}",
    )


def _facts(assignment: RoleAssignment) -> dict[str, Any]:
    """The person, the role and the institution that an invitation names."""
    person, organisation = assignment.person, assignment.organisation
    return {
        "email": address_of(person),
        "full_name": person.full_name,
        "role": assignment.role,
        "organisation_id": organisation.pk if organisation else None,
        "organisation_name": organisation.name if organisation else "",
        "organisation_number": organisation.number if organisation else "",
        "person_id": person.pk,
        "assignment_id": assignment.pk,
        # Whoever is sent here knows this unit by that alone.
        "basis": assignment.basis if assignment.role == Role.DELEGATE else "",
    }


def address_of(person: Person) -> str:
    """The address at which one is invited: that by which the account signs in now, if there is one."""
    account = Account.objects.filter(pk=person.account_id).first() if person.account_id else None
    return account.email if account else person.email.lower()


def send_again(*, by: Actor, assignment_id: UUID, seen: UUID | None) -> RoleAssignment:
    """Send the invitation to a role anew; `seen` is the one that was on the page, if any.

    AlreadySaved where a newer one was sent since, so that a form sent twice sends one mail.
    """
    by.require_proof()
    # The tenant's journal comes first: no invitation goes without its record.
    with transaction.atomic(using="shared"), transaction.atomic():
        assignment = _to_invite(by, assignment_id)
        if not address_of(assignment.person):
            raise _not_sent(assignment, NO_ADDRESS)
        sent = invitations_of(assignment)
        if former := next((one for one in sent if one.pk == seen), None):
            _send_anew(by, assignment, former)
        elif sent:
            raise AlreadySaved(assignment)
        else:
            _require_not_on_its_way(assignment)
            tenant = Tenant.objects.get(pk=current_tenant().id)
            registry.invite(by=by, tenant=tenant, **_facts(assignment))
        record(by=by, verb="INVITATION_RESENT", obj=assignment, why=str(assignment))
    return assignment


def _send_anew(by: Actor, assignment: RoleAssignment, former: Invitation) -> None:
    """At the same address, or at the one that the person has now."""
    if former.accepted_at or former.email == address_of(assignment.person):
        registry.resend(by=by, invitation=former)
        return
    registry.withdraw(by=by, invitation=former)
    registry.invite(by=by, tenant=Tenant.objects.get(pk=current_tenant().id), **_facts(assignment))


def withdraw_from_other_addresses(*, by: Actor, person: Person) -> None:
    """Make useless what waits at an address that is not the person's."""
    by.require_proof()
    roles = {role.pk: role for role in person.role_assignments.on(by.today)}
    for sent in invitations_of(*roles.values()):
        if sent.accepted_at or sent.withdrawn_at or sent.email == address_of(person):
            continue
        registry.withdraw(by=by, invitation=sent)
        role = roles[sent.assignment_id]
        record(by=by, verb="INVITATION_WITHDRAWN", obj=role, why=str(role))


def withdraw_invitation(*, by: Actor, assignment_id: UUID) -> RoleAssignment:
    """Make the link that was sent useless; the role stays, and can be invited to again."""
    by.require_proof()
    with transaction.atomic(using="shared"), transaction.atomic():
        assignment = _to_invite(by, assignment_id)
        sent = invitations_of(assignment)
        if sent and sent[-1].withdrawn_at:
            raise AlreadySaved(assignment)
        if not sent or sent[-1].accepted_at:
            raise nothing_waits(assignment)
        registry.withdraw(by=by, invitation=sent[-1])
        record(by=by, verb="INVITATION_WITHDRAWN", obj=assignment, why=str(assignment))
    return assignment


def _to_invite(by: Actor, assignment_id: UUID) -> RoleAssignment:
    """The role, locked, if it is held today and this person may invite to it."""
    rows = RoleAssignment.objects.select_for_update(of=("self",))
    assignment: RoleAssignment = rows.select_related("person", "organisation").get(pk=assignment_id)
    perms.keep_invitation.require(Person.objects.acting(by), assignment)
    if _is_oneself(by, assignment.person):
        raise Problem(_ONESELF, _ANOTHER, kept=NOTHING_DONE)
    if not assignment.holds_on(by.today):
        raise nothing_waits(assignment)
    return assignment


def nothing_waits(assignment: RoleAssignment) -> Problem:
    """The answer where there is no invitation to send or to withdraw."""
    return Problem(
        "Na to zaproszenie nikt już nie czeka",
        f"{assignment}: zaproszenie przyjęto albo rola się zakończyła.",
        clause=perms.keep_invitation.clause,
        kept=NOTHING_DONE,
        at=assignment,
        action="Zobacz, co się z nim stało",
    )


def _require_not_on_its_way(assignment: RoleAssignment) -> None:
    standing = standings([assignment])[assignment.pk]
    if not standing.may_send:
        raise _not_sent(assignment, standing)


def _not_sent(assignment: RoleAssignment, standing: Standing) -> Problem:
    return Problem(
        "Tego zaproszenia nie można teraz wysłać",
        f"{assignment}: {standing.words}.",
        clause=perms.keep_invitation.clause,
        kept=NOTHING_DONE,
        at=assignment,
        action="Zobacz, co się z nim dzieje",
    )


def refuse_oneself(by: Actor, person: Person) -> None:
    """Say it beside the address by which a form names whom to invite."""
    if _is_oneself(by, person):
        raise ValidationError({"email": f"{_ONESELF}. {_ANOTHER}"})


def _is_oneself(by: Actor, person: Person) -> bool:
    return by.person_id == person.pk


def end_access(*, by: Actor, assignment: RoleAssignment, why: str = "") -> None:
    """Close the door that the role opened; `why` is said to whom it was open.

    Drafts go with the last role.
    """
    by.require_proof()
    person = assignment.person
    if person.account_id and not person.role_assignments.on(by.today).exists():
        forget_all_of(person.account_id)
    ask_outside(
        kind=ACCESS_END,
        payload={
            "account_id": person.account_id,
            "person_id": person.pk,
            "assignment_id": assignment.pk,
            "email": person.email,
            "ended_by": by.name,
            "why": why,
            "role": assignment.role,
            "organisation_id": assignment.organisation_id,
        },
        dedupe=f"{ENDED}{assignment.pk}",
    )


def take_role(
    *, by: Actor, assignment: RoleAssignment, day: date | None = None, why: str = ""
) -> None:
    """End a role, today unless it ended before, and close its door."""
    by.require_proof()
    assignment.end(day or by.today)
    follow(RoleAssignment)
    data = {"role": [assignment.role, None], "person": [str(assignment.person_id), None]}
    record(by=by, verb="ROLE_ENDED", obj=assignment, data=data)
    end_access(by=by, assignment=assignment, why=why)


def tell_exchange(organisation: Organisation, cause: str = "") -> None:
    """Tell other tenants the public data of an institution that has a number.

    Of a protected place the address stays here. A `cause` tells apart what no version does.
    """
    if not organisation.number:
        return
    is_hidden = is_protected(organisation)
    names = [name for name in PUBLIC if not (is_hidden and name in ADDRESS)]
    said = {"hides_seat": is_hidden, "said_at": timezone.now()}
    ask_outside(
        kind=INSTITUTION,
        payload={name: getattr(organisation, name) for name in names} | said,
        dedupe=f"institution:{organisation.pk}:{organisation.version}{cause}",
    )


def tell_registry(organisation: Organisation) -> None:
    """Tell the name and number under which an institution stands among the places of its people."""
    ask_outside(
        kind=ORGANISATION,
        payload={
            "organisation_id": organisation.pk,
            "organisation_name": organisation.name,
            "organisation_number": organisation.number,
        },
        dedupe=f"organisation:{organisation.pk}:{organisation.version}",
    )


def publish_figures(*changed: type[Model], cause: UUID) -> None:
    """Let what follows these tables follow, and ask for the region's figures that read them anew.

    Without a table: everything.
    """
    every = {*changed, *follow(*changed)}
    tables = sorted(model._meta.db_table for model in every)
    payload = {"tables": tables} if changed else {}
    ask_outside(kind=FIGURES, payload=payload, dedupe=f"figures:{cause}")


def holders(by: Actor, *roles: str, organisation_id: UUID | None = None) -> list[Person]:
    """People who hold one of the roles today, except the one who acts."""
    held = RoleAssignment.objects.on(by.today).filter(role__in=roles, organisation=organisation_id)
    return [row.person for row in held.select_related("person") if row.person_id != by.person_id]


def recipients(people: Iterable[Person | None]) -> list[Recipient]:
    """The accounts or addresses of these people; one who has neither gets no message."""
    return [
        Recipient(account_id=person.account_id, email="" if person.account_id else person.email)
        for person in people
        if person is not None and (person.account_id or person.email)
    ]
