"""Parts of an institution's page, filled by its people."""

from typing import Any

from django.utils import timezone

from tenants.people import perms
from tenants.people.invited import standings
from tenants.people.models import Organisation, Person, RoleAssignment


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
