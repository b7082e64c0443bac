"""Parts of the pages of people, filled by the partnership."""

from datetime import date
from typing import Any

from tenants.partnership.models import Membership
from tenants.people.models import Person
from tenants.people.perms import is_member


def members(person: Person, day: date) -> dict[str, Any] | None:
    """The number of members (REG §1.8)."""
    return {"members_count": Membership.objects.on(day).count()} if is_member(person) else None
