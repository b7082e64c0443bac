"""Parts of the pages of people, filled by the partnership."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from tenants.partnership.models import DesignatedWorker, Membership, Partnership
from tenants.people.models import Person
from tenants.people.perms import is_member


def in_short(person: Person, day: date) -> dict[str, Any] | None:
    """The number of members, those who sent workers for ZZK, and the Lider (REG §1.8, §4.3)."""
    partnership = Partnership.here() if is_member(person) else None
    if partnership is None:
        return None
    workers = DesignatedWorker.objects.on(day).filter(membership=OuterRef("pk"))
    members = Membership.objects.on(day).annotate(is_ready=Exists(workers))
    counted = members.aggregate(members=Count("pk"), ready=Count("pk", filter=Q(is_ready=True)))
    return {"partnership": partnership, **counted}
