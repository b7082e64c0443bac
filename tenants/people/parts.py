"""Parts of the page of an institution or a person, filled by the register."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.polish import polish_order, quoted
from tenants.people import perms, rules
from tenants.people.invited import standings
from tenants.people.models import (
    Merge,
    Organisation,
    OrganisationMerge,
    Person,
    PersonMerge,
    RoleAssignment,
    holds,
)
from tenants.people.views.mending import page_of
from tenants.registry.models import Tenant
from tenants.registry.proposals import newest_by_region
from tenants.registry.roles import Role
from tenants.registry.standing import standing_of
from tenants.registry.support import AdviserProposal


def region_invitations(person: Person) -> dict[str, Any] | None:
    """To administrators alone: whom the region invited to be one, and how far that has come."""
    if not holds(person, {Role.TENANT_ADMIN}):
        return None
    now = timezone.now()
    sent = newest_by_region(Tenant.objects.get(pk=current_tenant().id))
    return {"invitations": [(one, standing_of(one, now)) for one in sent]} if sent else None


def advisers(person: Person) -> dict[str, Any] | None:
    """To those who answer for the unit: the advisers whom it let in, and those whom the ROPS proposes."""
    if not perms.answer_advisers(person):
        return None
    rows = AdviserProposal.objects.filter(tenant_id=current_tenant().id)
    rows = rows.filter(state__in=AdviserProposal.LIVE).select_related("adviser")
    live = list(rows.order_by(polish_order("adviser__full_name"), "pk"))
    roles = RoleAssignment.objects.filter(pk__in=[one.assignment_id for one in live])
    held = {role.pk: role for role in roles.select_related("person")}
    standing = standings(held.values())
    return {
        "advisers": [
            (one, held.get(key), standing.get(key))
            for one in live
            for key in [one.assignment_id or one.pk]  # one that waits has no role yet
        ]
    }


def own_support(person: Person, day: date) -> dict[str, Any] | None:
    """To an adviser: what the unit let them in for, and the way out."""
    if not perms.is_adviser(person):
        return None
    rows = AdviserProposal.objects.filter(tenant_id=current_tenant().id)
    own = rows.filter(assignment_id__in=[row.pk for row in person.roles_today])
    return {"support": own.select_related("adviser").first()}


def invitations(
    person: Person, organisation: Organisation, memberships: object
) -> dict[str, Any] | None:
    """People who act for the institution here, and how far their invitations have come (REG §1.3.a)."""
    if not perms.keep_organisations(person) and not perms.is_head(person, organisation.pk):
        return None
    held = RoleAssignment.objects.on(timezone.localdate()).filter(organisation=organisation)
    rows = list(held.select_related("person").in_order())
    standing = standings(rows)
    return {
        "invited": [(row, standing[row.pk], perms.keep_invitation(person, row)) for row in rows]
    }


@dataclass(frozen=True, slots=True)
class Joined:
    """A merge as the pages of both entries tell it, with the way back while there is one."""

    merge: Merge
    may: bool

    @property
    def name(self) -> str:
        return quoted(self.merge.source)

    @property
    def last_day(self) -> date:
        return rules.last_day_to_undo(self.merge.merged_on)

    @property
    def part_url(self) -> str:
        is_late = timezone.localdate() > self.last_day
        return "" if is_late or not self.may else page_of(self.merge.source, "part")


def mending(
    person: Person, subject: Organisation | Person, memberships: object = None
) -> dict[str, Any] | None:
    """Entries merged into this one, and how its keepers put a slip right."""
    if not perms.mend(person, subject):
        return None
    merges = list(_merges_of(subject, Q(source=subject) | Q(target=subject)))
    return {
        "is_hidden": any(merge.source_id == subject.pk for merge in merges),
        "gained": [Joined(merge, True) for merge in merges if merge.target_id == subject.pk],
        "edit_url": page_of(subject, "edit") if isinstance(subject, Person) else "",
        "merge_url": page_of(subject, "merge"),
        "strike_url": page_of(subject, "strike"),
    }


def merged(
    person: Person, subject: Organisation | Person, memberships: object = None
) -> dict[str, Any] | None:
    """The entry into which this one was merged, if it was."""
    merge = _merges_of(subject, Q(source=subject)).first()
    return {"merged": Joined(merge, perms.mend(person, subject))} if merge else None


def _merges_of(subject: Organisation | Person, which: Q) -> "QuerySet[Any]":
    model = OrganisationMerge if isinstance(subject, Organisation) else PersonMerge
    rows = model._default_manager.filter(which, undone_on=None)
    return rows.select_related("source", "target").order_by("pk")
