"""People of the office: who represents the Lider and whom it appoints (REG §1.3.b)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.notifications.actions import ask_outside
from kooperacja.notifications.base import INBOX
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, found_or_new
from tenants.people import perms, rules
from tenants.people.actions.invitations import invite_to_role, refuse_oneself, take_role
from tenants.people.actions.persons import find_or_add_person
from tenants.people.followers import follow
from tenants.people.models import Person, PersonMerge, RoleAssignment
from tenants.registry.roles import OFFICE_ROLES, Role

# Roles without which nobody could work here any more.
_INDISPENSABLE = {
    Role.TENANT_ADMIN: "administratorem OPS",
    Role.LEAD: "osobą reprezentującą Lidera",
}


@transaction.atomic
def enter(*, by: Actor, account: Any, access: Sequence[Any], home: str) -> Person:
    """Tie an account, let in from outside, to its person here; repeating it changes nothing.

    `home` is where its welcome leads. An office role that the region granted (the first administrator) becomes a role here too.
    """
    person = _person_of_account(account, access)
    if person.account_id is None:
        person.account_id = account.pk
        person.save(update_fields=["account_id"])
        record(by=by, verb="PERSON_ENTERED", obj=person)
        _welcome(account, access, home)
    for row in access:
        if row.person_id is None and row.role in OFFICE_ROLES:
            _adopt_role(by, person, row)
    return person


def _person_of_account(account: Any, access: Sequence[Any]) -> Person:
    people = Person.objects.select_for_update()
    if known := people.filter(account_id=account.pk).first():
        return known
    invited = [row.person_id for row in access if row.person_id]
    if known := people.filter(pk__in=_current_of(invited), account_id=None).first():
        return known
    confirmed = (
        Person.objects.current().confirmed().filter(email__iexact=account.email, account_id=None)
    )
    if known := people.filter(pk__in=confirmed.values("pk")).first():
        return known
    # Two first requests of one account at once: the unique account_id lets one row be.
    person, _ = found_or_new(
        Person,
        account_id=account.pk,
        defaults={"full_name": account.full_name, "email": account.email},
    )
    return person


def _current_of(invited: list[UUID]) -> list[UUID]:
    """The people who were invited, and who they turned out to be while the invitation waited."""
    merges = PersonMerge.objects.filter(source__in=invited, undone_on=None)
    others = dict(merges.values_list("source", "target"))
    return [others.get(pk, pk) for pk in invited]


def _welcome(account: Any, access: Sequence[Any], home: str) -> None:
    """A partner's first line in the inbox: where one has just been let in."""
    # Whoever only fills in a declaration is in no partnership yet.
    partners = [row for row in access if row.role != Role.APPLICANT]
    names = [row.organisation_name for row in partners if row.organisation_name]
    if not names:
        return
    ask_outside(
        kind=INBOX,
        payload={
            "account_id": account.pk,
            "title": f"Witamy w Partnerstwie: {', '.join(names)}",
            "url": home,
            "code": "PARTNER_WELCOME",
        },
        dedupe=f"welcome:{account.pk}",
    )


def _adopt_role(by: Actor, person: Person, access: Any) -> None:
    granted_on = timezone.localdate(access.granted_at)
    held = person.role_assignments.filter(role=access.role, organisation=None)
    if held.filter(Q(ended_on=None) | Q(ended_on__gt=granted_on)).exists():
        return
    # Both on one day: the later of the two counts.
    ended = held.filter(ended_on=granted_on).values("pk")
    later = Entry.objects.filter(verb="ROLE_ENDED", at__gte=access.granted_at)
    if later.filter(object_id__in=ended).exists():
        return
    assignment = RoleAssignment.objects.create(
        person=person, role=access.role, from_on=granted_on, granted_by=access.granted_by
    )
    follow(RoleAssignment)
    record(by=by, verb="ROLE_GIVEN", obj=assignment, data={"role": [None, access.role]})


@transaction.atomic
def invite_colleague(
    *, by: Actor, full_name: str, email: str, role: str, basis: str = ""
) -> RoleAssignment:
    """Appoint somebody of the office and invite them (REG §1.3.b).

    Whoever represents the Lider does so on a document or by a position, which is the `basis`.
    """
    if role not in OFFICE_ROLES:
        raise ValueError(f"{role} is no role of the office")
    _lock_office()
    perms.manage_people.require(Person.objects.acting(by))
    colleague = find_or_add_person(by=by, full_name=full_name, email=email, organisation=None)
    refuse_oneself(by, colleague)
    if role == Role.LEAD and not basis:
        raise ValidationError({"basis": rules.NO_BASIS})
    assignment, is_new = invite_to_role(
        by=by, person=colleague, role=role, organisation=None, from_on=by.today, basis=basis
    )
    if not is_new:
        raise AlreadySaved(assignment)
    return assignment


@transaction.atomic
def end_role(*, by: Actor, assignment_id: UUID) -> RoleAssignment:
    """Take a role of the office away from today; the last indispensable one stays."""
    _lock_office()
    perms.manage_people.require(Person.objects.acting(by))
    assignment: RoleAssignment = RoleAssignment.objects.select_related("person").get(
        pk=assignment_id
    )
    if assignment.is_over:
        raise AlreadySaved(assignment)
    if assignment.role in _INDISPENSABLE and _is_last(assignment):
        raise Problem(
            "Tej roli nie można teraz zakończyć",
            f"{assignment.person} jest jedyną osobą, która jest "
            f"{_INDISPENSABLE[Role(assignment.role)]}. Najpierw zaproś kogoś na to miejsce.",
            clause=perms.manage_people.clause,
            kept="Rola pozostaje bez zmian.",
        )
    take_role(by=by, assignment=assignment)
    return assignment


def _is_last(assignment: RoleAssignment) -> bool:
    """Nobody else who has signed in holds it."""
    others = RoleAssignment.objects.filter(role=assignment.role, ended_on=None)
    others = others.exclude(pk=assignment.pk).exclude(person__account_id=None)
    return not others.exists()


def _lock_office() -> None:
    """Changes in the office's roles wait for each other."""
    list(
        RoleAssignment.objects.filter(organisation=None, ended_on=None)
        .order_by("pk")
        .select_for_update()
        .values_list("pk")
    )
