"""Things that wait for the Lider and for kooperanci about services (REG §3.2–3.5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from kooperacja.notifications.reminders import over
from kooperacja.ui.polish import pl_date
from tenants.baskets import perms
from tenants.baskets.models import CardCheck, Service, ServiceEntry, ServiceReport
from tenants.baskets.workflow import (
    INTEGRATING,
    SUBMITTING,
    TELLING,
    UPDATING,
    CheckState,
    EntryState,
)
from tenants.people.models import Person
from tenants.people.perms import voiced_organisations
from tenants.people.today import Waiting

_SOON = timedelta(days=14)
_SHOWN = 20


def services_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Descriptions that were handed in or came back, and cards with services to be confirmed."""
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
    due: dict[UUID, list[Service]] = {}
    for service in found.order_by("created_at", "pk")[:_SHOWN]:
        if service.stands == EntryState.FILED and reviews:
            yield _to_review(service)
        elif service.stands == EntryState.RETURNED:
            yield _to_mend(service)
        else:
            due.setdefault(service.card_id, []).append(service)
    for services in due.values():
        yield _to_confirm(services, day)


def _to_review(service: Any) -> Waiting:
    return Waiting(
        f"Rozpatrz opis usługi: {service.name}",
        service.url,
        INTEGRATING,
        service.card.owner,
        since=service.filed_on,
        matter="Usługa do rozpatrzenia",
    )


def _to_mend(service: Any) -> Waiting:
    return Waiting(
        f"Popraw opis usługi: {service.name}",
        service.url_of("edit"),
        SUBMITTING,
        service.reason,
        matter="Usługa do poprawy",
    )


def _to_confirm(services: list[Service], day: date) -> Waiting:
    """One line a card: its page confirms what is due, a service's own page what soon will be."""
    first = min(services, key=lambda one: one.due_on or day)
    is_due, due_on = first.is_due(day), first.due_on
    return Waiting(
        f"Potwierdź opisy usług: {first.card.owner}"
        if is_due
        else f"Potwierdź opis usługi: {first.name}",
        first.card.url_of("check") if is_due else first.url_of("confirm"),
        UPDATING,
        "" if is_due else f"Potwierdzono go {pl_date(first.confirmed_on)}",
        is_overdue=due_on is not None and due_on < day,
        due=due_on,
        matter="Usługi do potwierdzenia",
    )


def silence(person: Person, day: date) -> Iterator[Waiting]:
    """To the office: owners whom four letters did not reach (REG §3.5.a)."""
    if not perms.review(person):
        return
    rows = CardCheck.objects.filter(over(OuterRef("pk")), state=CheckState.OPEN)
    for check in rows.select_related("card__organisation").order_by("opened_on", "pk")[:_SHOWN]:
        yield Waiting(
            f"Zadzwoń w sprawie usług: {check.card.owner}",
            check.call_url,
            UPDATING,
            "Na cztery wiadomości nikt nie odpowiedział",
            since=check.opened_on,
            matter="Instytucja, która nie potwierdza usług",
        )


def reports(person: Person, day: date) -> Iterator[Waiting]:
    """To whoever keeps the card: mistakes that readers found."""
    if not perms.begin_cards(person):
        return
    rows = ServiceReport.objects.filter(settled_on=None)
    if not perms.review(person):
        rows = rows.filter(service__card__organisation__in=voiced_organisations(person))
    for one in rows.select_related("service").order_by("reported_on", "pk")[:_SHOWN]:
        yield Waiting(
            f"Sprawdź opis usługi: {one.service.name}",
            one.service.url,
            TELLING,
            one.text,
            since=one.reported_on,
            matter="Zgłoszony błąd w opisie usługi",
        )
