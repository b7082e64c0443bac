"""Parts of the pages of people, filled by the partnership."""

from datetime import date
from typing import Any

from django.db.models import Q

from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.models import Person
from tenants.people.perms import is_member, keep_organisations

_SHOWN = 50


def not_entered(person: Person, day: date) -> dict[str, Any] | None:
    """Coordinators who were invited and have not come in yet (REG §1.3.a)."""
    if not keep_organisations(person):
        return None
    seats = PartnershipCoordinator.objects.on(day).filter(person__account_id=None)
    seats = seats.filter(Q(membership__ended_on=None) | Q(membership__ended_on__gt=day))
    seats = seats.select_related("person", "membership__organisation").order_by("from_on")
    waited_for = list(seats[:_SHOWN])
    return {"not_entered": waited_for} if waited_for else None


def members(person: Person, day: date) -> dict[str, Any] | None:
    """The number of members (REG §1.8)."""
    return {"members_count": Membership.objects.on(day).count()} if is_member(person) else None


def office(person: Person) -> dict[str, Any] | None:
    """The data of the office (REG §1.3.b)."""
    partnership = Partnership.objects.first()
    return {"partnership": partnership} if partnership else None
