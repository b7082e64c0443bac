"""Things that wait for the Lider and for kooperanci about services (REG §3.2–3.5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from kooperacja.ui.polish import pl_date
from tenants.baskets import perms
from tenants.baskets.models import Service, ServiceEntry
from tenants.baskets.workflow import INTEGRATING, SUBMITTING, UPDATING, EntryState
from tenants.people.models import Person
from tenants.people.perms import voiced_organisations
from tenants.people.today import Waiting

_SOON = timedelta(days=14)
_SHOWN = 20


def services_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Services that were handed in, came back, or are to be confirmed again."""
    if not perms.begin_cards(person):
        return
    reviews = perms.review(person)
    mine = Q(card__organisation__in=voiced_organisations(person))
    own = mine | Q(card__organisation=None) if reviews else mine
    wanted = own & (Q(stands=EntryState.RETURNED) | Q(due_on__lte=day + _SOON))
    if reviews:
        wanted |= Q(stands=EntryState.FILED)
    said = ServiceEntry.objects.filter(service=OuterRef("pk")).order_by("-number")
    columns = {
        name: Subquery(said.values(column)[:1])
        for name, column in (("stands", "state"), ("reason", "reason"), ("filed_on", "filed_on"))
    }
    rows: Any = Service.objects.filter(ended_on=None).annotate(**columns)
    found = rows.filter(wanted).select_related("card__organisation")
    for service in found.order_by("created_at", "pk")[:_SHOWN]:
        yield _said(service, day)


def _said(service: Any, day: date) -> Waiting:
    if service.stands == EntryState.FILED:
        return Waiting(
            f"Rozpatrz opis usługi: {service.name}",
            service.url,
            INTEGRATING,
            service.card.owner,
            since=service.filed_on,
            matter="Usługa do rozpatrzenia",
        )
    if service.stands == EntryState.RETURNED:
        return Waiting(
            f"Popraw opis usługi: {service.name}",
            service.url_of("edit"),
            SUBMITTING,
            service.reason,
            matter="Usługa do poprawy",
        )
    return Waiting(
        f"Potwierdź opis usługi: {service.name}",
        service.url_of("confirm"),
        UPDATING,
        f"Potwierdzono go {pl_date(service.confirmed_on)}",
        is_overdue=service.due_on < day,
        due=service.due_on,
        matter="Usługa do potwierdzenia",
    )
