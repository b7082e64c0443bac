"""Readers tell that something in the basket is wrong, and its keepers see to it (REG §3.5–3.6)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor, named
from kooperacja.audit.record import record
from kooperacja.notifications.actions import ask_outside
from kooperacja.notifications.base import send, settle_all
from kooperacja.writes import AlreadySaved, insert_once
from tenants.baskets import perms
from tenants.baskets.following import Part, is_of_unit
from tenants.baskets.models.checks import ServiceReport
from tenants.baskets.models.services import Service
from tenants.baskets.notifications import ServiceReported
from tenants.baskets.told import office, voices
from tenants.masters.models import MasterReport
from tenants.masters.reporting import REPORT
from tenants.people.models import Person


@transaction.atomic
def report(
    *, by: Actor, service_id: UUID, key: UUID, text: str, part: str = Part.OTHER
) -> ServiceReport:
    """Tell those who keep what is wrong: the card and the office, or the master; the text stays as it is."""
    rows = Service.objects.select_related("card__organisation", "adoption")
    service = rows.get(pk=service_id)
    perms.see_service.require(Person.objects.acting(by), service)
    adoption = service.followed
    if adoption is None or is_of_unit(adoption, part):
        return report_kept(by, service, key, text)
    made = _made(by, service, key, text, is_of_master=True)
    payload = {"report_id": made.pk, "service_id": adoption.master_id, "text": text}
    ask_outside(kind=REPORT, payload=payload, dedupe=f"master-report:{made.pk}")
    return made


def report_kept(by: Actor, service: Service, key: UUID, text: str) -> ServiceReport:
    """The same of what is said here, for whoever was let in another way."""
    made = _made(by, service, key, text)
    send(
        ServiceReported(service_id=service.pk, service=service.name, text=text),
        to=[*office(by), *voices(by, service.card)],
        dedupe=f"service-reported:{made.pk}",
    )
    return made


def _made(
    by: Actor, service: Service, key: UUID, text: str, *, is_of_master: bool = False
) -> ServiceReport:
    made = ServiceReport(
        id=key,
        service=service,
        text=text,
        reported_on=by.today,
        by_name=by.name[:200],
        is_of_master=is_of_master,
    )
    insert_once(made)
    record(by=by, verb="SERVICE_REPORTED", obj=service)
    return made


@transaction.atomic
def close(*, by: Actor, report_id: UUID) -> ServiceReport:
    """It was mended, or was right as it stood."""
    made: ServiceReport = ServiceReport.objects.select_for_update().get(pk=report_id)
    perms.keep_service.require(Person.objects.acting(by), made.service)
    if made.settled_on is not None:
        raise AlreadySaved(made)
    _settle(by, made)
    return made


def settled_at_master(report: MasterReport) -> None:
    """Those who keep the master saw to it; heard twice, or after it was settled here, it changes nothing."""
    made = ServiceReport.objects.select_for_update().filter(pk=report.pk, settled_on=None).first()
    if made is not None and made.is_of_master:
        _settle(named(f"{report.service.card} (katalog województwa)"[:200]), made)


def _settle(by: Actor, made: ServiceReport) -> None:
    made.settled_on, made.settled_by_name = by.today, by.name[:200]
    made.save(update_fields=["settled_on", "settled_by_name"])
    record(by=by, verb="SERVICE_REPORT_SETTLED", obj=made.service)
    settle_all(begin=f"service-reported:{made.pk}")
