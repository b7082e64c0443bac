"""The Lider says of two services that look alike if they are one (REG §3.3)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, Taken, insert_once
from tenants.baskets import perms
from tenants.baskets.actions import referrals, services, shortlists
from tenants.baskets.actions.keeping import require_given, require_own
from tenants.baskets.duplicates import in_order, leads_to
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import INTEGRATING, EntryState
from tenants.people.models import Person


@transaction.atomic
def tell_apart(*, by: Actor, first: UUID, second: UUID) -> Service:
    """They are two; nobody is asked about them again."""
    one, other = _both(by, first, second)
    ruling = DistinctServices(
        first=one, second=other, decided_on=by.today, decided_by_name=by.name[:200]
    )
    try:
        insert_once(ruling)
    except Taken:
        raise AlreadySaved(one) from None
    record(by=by, verb="SERVICES_TOLD_APART", obj=one, data={"other": [None, str(other.pk)]})
    return one


@transaction.atomic
def merge(*, by: Actor, source_id: UUID, target_id: UUID) -> Service:
    """One stays as it is; the other ends and leads on to it. Neither is thereby confirmed."""
    services_by_id = {one.pk: one for one in _both(by, source_id, target_id)}
    source, target = services_by_id[source_id], services_by_id[target_id]
    if leads_to(source) == target:
        raise AlreadySaved(target)
    _require_in_basket(by, target)
    require_own(source)
    require_given(source, by)
    merge_kept(by, source, target)
    return target


def merge_kept(by: Actor, source: Service, target: Service) -> None:
    """The same of two locked services: whoever asked for the one, or picked it, has the other."""
    why = f"powtórzenie, zostaje: {target.name}"[:300]
    services.end_kept(by, source, by.today, why)
    merged = ServiceMerge(
        source=source, target=target, merged_on=by.today, merged_by_name=by.name[:200]
    )
    insert_once(merged)
    record(by=by, verb="SERVICES_MERGED", obj=source, data={"into": [None, str(target.pk)]})
    referrals.lead_on(by, source, target)
    shortlists.lead_on(source, target)


def _both(by: Actor, one: UUID, other: UUID) -> list[Service]:
    """Both services, locked in one order whoever asks."""
    rows = Service.objects.select_for_update().filter(pk__in=in_order(one, other)).order_by("pk")
    both = list(rows)
    perms.review.require(Person.objects.acting(by))
    return both


def _require_in_basket(by: Actor, target: Service) -> None:
    is_there = target.entries.filter(state=EntryState.ACCEPTED).exists()
    if target.is_over(by.today) or not is_there:
        raise Problem(
            f"Usługi {quoted(target.name)} nie ma już w koszyku",
            "Może zostać tylko ta, która w nim jest.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=target,
        )
