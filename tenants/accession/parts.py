"""Parts of the first page and of an institution's page, filled by joining and leaving."""

from datetime import date
from typing import Any

from tenants.accession import perms
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.views.declarations import may_declare, state_kind
from tenants.accession.workflow import OPEN_DECLARATIONS, DeclarationState
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.people.perms import is_member, keep_organisations, own_organisations

_SHOWN = 50
_UNFINISHED = OPEN_DECLARATIONS - {DeclarationState.FILED}
Memberships = list[tuple[Membership, bool]]  # each with whether it holds today


def declare(person: Person, day: date) -> dict[str, Any] | None:
    return {} if may_declare(person) else None


def join(person: Person, day: date) -> dict[str, Any] | None:
    return None if is_member(person) else {}


def of_office(person: Person, day: date) -> dict[str, Any] | None:
    """Declarations that whoever enters them has not handed in yet (REG §1.5)."""
    if not keep_organisations(person):
        return None
    unfinished = AccessionDeclaration.objects.filter(state__in=[*_UNFINISHED])
    unfinished = unfinished.select_related("organisation").order_by("created_at")
    declarations = list(unfinished[:_SHOWN])
    return {"unfinished": declarations} if declarations else None


def of_partner(person: Person, day: date) -> dict[str, Any] | None:
    """The memberships and open declarations of the institutions one acts for."""
    own = own_organisations(person)
    if not own:
        return None
    members = Membership.objects.on(day).filter(organisation__in=own)
    memberships = list(members.select_related("organisation", "declaration"))
    declarations = AccessionDeclaration.objects.filter(
        organisation__in=own, state__in=OPEN_DECLARATIONS
    )
    visible = [
        declaration
        for declaration in declarations.select_related("organisation")
        if perms.see_declaration(person, declaration)
    ]
    if not memberships and not visible:
        return None
    return {"own_memberships": memberships, "own_declarations": visible}


def resign(
    person: Person, organisation: Organisation, memberships: Memberships
) -> dict[str, Any] | None:
    """The way to the resignation, while there is a membership to end (REG §1.6)."""
    is_open = any(membership.ended_on is None for membership, _ in memberships)
    may = is_open and perms.resign(person, organisation)
    return {"organisation": organisation} if may else None


def declare_for(
    person: Person, organisation: Organisation, memberships: Memberships
) -> dict[str, Any] | None:
    """The ways to a declaration, for an institution that is no member and has begun none."""
    if any(is_current for _, is_current in memberships) or not may_declare(person):
        return None
    has_begun = AccessionDeclaration.objects.under_way(organisation.pk).exists()
    return None if has_begun else {"organisation": organisation}


def declarations_of(
    person: Person, organisation: Organisation, memberships: Memberships
) -> dict[str, Any] | None:
    """The declarations of the institution that the person may see, newest first."""
    declarations = organisation.declarations.order_by("-created_at")
    visible = [
        declaration for declaration in declarations if perms.see_declaration(person, declaration)
    ]
    return (
        {"declarations": [(declaration, state_kind(declaration)) for declaration in visible]}
        if visible
        else None
    )


def resignations_of(
    person: Person, organisation: Organisation, memberships: Memberships
) -> dict[str, Any] | None:
    """The resignations of the institution that the person may see, newest first."""
    has_left = any(membership.ended_on is not None for membership, _ in memberships)
    if not has_left:
        return None
    seen = perms.resignations_seen_by(person).filter(membership__organisation=organisation)
    resignations = list(seen.order_by("-received_on", "-pk"))
    return {"resignations": resignations} if resignations else None
