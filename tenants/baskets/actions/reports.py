"""Readers tell that something in the basket is wrong, and its keepers see to it (REG §3.5–3.6)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle_all
from kooperacja.writes import AlreadySaved, insert_once
from tenants.baskets import perms
from tenants.baskets.models.checks import ServiceReport
from tenants.baskets.models.services import Service
from tenants.baskets.notifications import ServiceReported
from tenants.baskets.told import office, voices
from tenants.people.models import Person


@transaction.atomic
def report(*, by: Actor, service_id: UUID, key: UUID, text: str) -> ServiceReport:
    """Tell those who keep the card and the office; the text in the basket stays as it is."""
    service = Service.objects.select_related("card__organisation").get(pk=service_id)
    perms.see_service.require(Person.objects.acting(by), service)
    return report_kept(by, service, key, text)


def report_kept(by: Actor, service: Service, key: UUID, text: str) -> ServiceReport:
    """The same, for whoever was let in another way."""
    made = ServiceReport(
        id=key, service=service, text=text, reported_on=by.today, by_name=by.name[:200]
    )
    insert_once(made)
    record(by=by, verb="SERVICE_REPORTED", obj=service)
    send(
        ServiceReported(service_id=service.pk, service=service.name, text=text),
        to=[*office(by), *voices(by, service.card)],
        dedupe=f"service-reported:{made.pk}",
    )
    return made


@transaction.atomic
def close(*, by: Actor, report_id: UUID) -> ServiceReport:
    """It was mended, or was right as it stood."""
    made: ServiceReport = ServiceReport.objects.select_for_update().get(pk=report_id)
    perms.keep_service.require(Person.objects.acting(by), made.service)
    if made.settled_on is not None:
        raise AlreadySaved(made)
    made.settled_on, made.settled_by_name = by.today, by.name[:200]
    made.save(update_fields=["settled_on", "settled_by_name"])
    record(by=by, verb="SERVICE_REPORT_SETTLED", obj=made.service)
    settle_all(begin=f"service-reported:{made.pk}")
    return made
