"""Parts of the first page and of an institution's page, filled by joining and leaving."""

from datetime import date, datetime
from typing import Any

from kooperacja.tenancy.context import current_tenant
from tenants.accession import perms
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.leavers import ViewWithheld
from tenants.accession.views.declarations import may_declare, state_kind
from tenants.accession.workflow import OPEN_DECLARATIONS, DeclarationState
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.people.perms import is_member, keep_organisations, own_organisations
from tenants.registry.models import Access
from tenants.registry.places import ENDED_SHOWN, left_lately, view_until

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
    if organisation.is_merged:  # type: ignore[attr-defined]  # another one stands for it
        return None
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


def returned(person: Person, organisation: Organisation) -> dict[str, Any] | None:
    """The declaration that came back, to whoever corrects it (REG §1.5)."""
    under_way = AccessionDeclaration.objects.under_way(organisation.pk)
    declaration = under_way.filter(state=DeclarationState.RETURNED).first()
    if declaration is None or not perms.edit_declaration(person, declaration):
        return None
    return {"declaration": declaration}


def leavers(person: Person) -> dict[str, Any] | None:
    """People who left a short time ago and still read their own papers (REG §1.6)."""
    left = left_lately(current_tenant().id) if perms.withhold_view(person) else []
    if not left:
        return None
    accounts = {row.account_id for row in left}
    people = {one.account_id: one for one in Person.objects.filter(account_id__in=accounts)}
    known = [(people[row.account_id], row) for row in left if row.account_id in people]
    withheld = dict(
        ViewWithheld.objects.filter(person__in=people.values())
        .order_by("withheld_at")
        .values_list("person", "withheld_at")
    )
    told = [_leaver(one, row, withheld.get(one.pk)) for one, row in known]
    return {"leavers": told, "days": ENDED_SHOWN.days}


def _leaver(person: Person, access: Access, withheld_at: datetime | None) -> dict[str, Any]:
    assert access.ended_at is not None
    is_withheld = withheld_at is not None and withheld_at >= access.ended_at
    return {
        "person": person,
        "access": access,
        "until": None if is_withheld else view_until(access),
    }


def resignations_of(
    person: Person, organisation: Organisation, memberships: Memberships
) -> dict[str, Any] | None:
    """The resignations of the institution that the person may see, newest first."""
    has_left = any(membership.ended_on is not None for membership, _ in memberships)
    if not has_left:
        return None
    seen = perms.resignations_seen_by(person).filter(membership__organisation=organisation)
    resignations = list(seen.with_return().order_by("-received_on", "-pk"))
    return {"resignations": resignations} if resignations else None
