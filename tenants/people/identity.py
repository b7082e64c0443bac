"""The person of this tenant who makes a request."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse

from kooperacja.accounts import factors
from kooperacja.audit.actor import Actor, actor
from kooperacja.permissions import Permission
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.problems import Missing
from tenants.people.actions.office import enter
from tenants.people.leavers import Leaver, Left
from tenants.people.merged import staying_for
from tenants.people.models import Organisation, Person, holds
from tenants.registry.places import view_until
from tenants.registry.roles import MFA_ROLES, OFFICE_ROLES


class PersonRequest(TenantRequest):
    """The request that a view of a tenant gets: its caller is one of the tenant's people."""

    person: Person


def identify(request: TenantRequest) -> tuple[Person, Actor]:
    """The person of the account that was let in; on first entry the two are tied together."""
    person = Person.objects.of_account(request.account.pk)
    if person is None or _lacks_role(person, request):
        with writing():
            person = enter(
                by=actor(request),
                account=request.account,
                access=request.access,
                home=reverse("home"),
            )
    # A role may be given or brought by a merge before its door is known to the registry.
    if holds(person, MFA_ROLES) and factors.lacks_demanded(request):
        raise factors.Lacking
    proved = factors.has_proof(request)
    return person, actor(request, person.pk, full_name=person.full_name, has_proof=proved)


def identify_leaver(request: TenantRequest, ended: Sequence[Any]) -> tuple[Leaver, Actor] | None:
    """The leaver and their actor, of rights that ended a short time ago, the newest first.

    Nothing is tied together: only an account that came in here before is known.
    """
    person = Person.objects.of_account(request.user.pk)
    if person is None:
        return None
    # Entries may have been made one since; the papers go with the one that stays.
    institutions = staying_for(Organisation, (row.organisation_id for row in ended))
    people = staying_for(Person, (row.person_id for row in ended if row.person_id))
    left = tuple(
        Left(
            role=row.role,
            role_label=row.get_role_display(),
            organisation_id=institutions[row.organisation_id],
            organisation_name=row.organisation_name,
            ended_at=row.ended_at,
            until=view_until(row),
        )
        for row in ended
        if row.person_id is None or people[row.person_id] == person.pk
    )
    if not left:
        return None
    return Leaver(person, left), actor(request, person.pk, full_name=person.full_name)


def identify_program(request: TenantRequest) -> tuple[Person | None, Actor]:
    """The same for a program's key; only its owner's own entry ties account and person."""
    person = Person.objects.of_account(request.user.pk)
    if person is None:
        return None, actor(request)
    return person, actor(request, person.pk, full_name=person.full_name)


def _lacks_role(person: Person, request: TenantRequest) -> bool:
    """The region granted an office role that the tenant doesn't know of yet."""
    return any(
        row.person_id is None and row.role in OFFICE_ROLES and not holds(person, {row.role})
        for row in request.access
    )


def visible(
    rows: Any, may: Permission[...], title: str, why: str = ""
) -> Callable[[Person, UUID], Any]:
    """Finds the row of an address; for a person who may not see it there is none."""

    def find(person: Person, pk: UUID) -> Any:
        row = get_object_or_404(rows, pk=pk)
        if not may(person, row):
            raise Missing(title, why or may.why)
        return row

    return find
