"""A service in the basket is confirmed, has a break, ends (REG §3.5–3.6)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import settle_all
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets.actions import dues
from tenants.baskets.actions.keeping import bump, kept, require_given
from tenants.baskets.actions.rounds import settle
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import UPDATING, EntryState
from tenants.people.actions.invitations import publish_figures
from tenants.people.followers import follow

_BREAK = ("stopped_from", "stopped_until", "stopped_why")


@transaction.atomic
def confirm(*, by: Actor, service_id: UUID, how: str) -> Service:
    """Say that all of it is still true, and how that is known (REG §3.5.a)."""
    service = _in_basket(by, service_id)
    confirm_kept(by, service, how)
    return service


def confirm_kept(by: Actor, service: Service, how: str) -> None:
    """The same of a locked service, for whoever was let in another way."""
    said = (by.today, how, by.name[:200])
    if (service.confirmed_on, service.confirmed_how, service.confirmed_by_name) == said:
        raise AlreadySaved(service)
    bump(service, *dues.confirmed(service, *said, today=by.today))
    told = record(by=by, verb="SERVICE_CONFIRMED", obj=service)
    settle(by, service)
    publish_figures(Service, cause=told.pk)


@transaction.atomic
def set_cycle(*, by: Actor, service_id: UUID, version: int, cycle: int) -> Service:
    """Say how often it is to be confirmed, counted from the last time (REG §3.5.a)."""
    service = kept(by, service_id)
    require_given(service, by)
    if service.cycle == cycle:
        raise AlreadySaved(service)
    if service.version != version:
        raise StaleForm(service)
    bump(service, *dues.cycle_set(service, cycle, by.today))
    told = record(by=by, verb="SERVICE_CYCLE_SET", obj=service, data={"cycle": cycle})
    settle(by, service)
    publish_figures(Service, cause=told.pk)
    return service


@transaction.atomic
def stop(*, by: Actor, service_id: UUID, from_on: date, until_on: date | None, why: str) -> Service:
    """Tell of a break, of which it comes back by itself if its last day is known (REG §3.6)."""
    service = _in_basket(by, service_id)
    if until_on is not None and until_on < max(from_on, by.today):
        earliest = max(from_on, by.today)
        raise ValidationError({"until_on": f"Najwcześniej {pl_date(earliest)}"})
    said = (from_on, until_on, why)
    if (service.stopped_from, service.stopped_until, service.stopped_why) == said:
        raise AlreadySaved(service)
    service.stopped_from, service.stopped_until, service.stopped_why = said
    bump(service, *_BREAK)
    record(by=by, verb="SERVICE_STOPPED", obj=service)
    follow(Service)
    return service


@transaction.atomic
def resume(*, by: Actor, service_id: UUID) -> Service:
    """It works again, or the break was called off."""
    service = _in_basket(by, service_id)
    if service.stopped_from is None:
        raise AlreadySaved(service)
    service.stopped_from, service.stopped_until, service.stopped_why = None, None, ""
    bump(service, *_BREAK)
    record(by=by, verb="SERVICE_RESUMED", obj=service)
    follow(Service)
    return service


@transaction.atomic
def end(*, by: Actor, service_id: UUID, ended_on: date, why: str) -> Service:
    """From a day on it is given no longer (REG §3.5.c); what was said of it stays to be read."""
    service = kept(by, service_id)
    if (service.ended_on, service.ended_why) == (ended_on, why):
        raise AlreadySaved(service)
    require_given(service, by)
    end_kept(by, service, ended_on, why)
    return service


def end_kept(by: Actor, service: Service, ended_on: date, why: str) -> None:
    """The same of a locked service, for whoever was let in another way."""
    service.ended_on, service.ended_why = ended_on, why
    bump(service, "ended_on", "ended_why")
    for code in ("filed", "returned"):
        settle_all(begin=f"service-{code}:{service.pk}:")
    told = record(by=by, verb="SERVICE_ENDED", obj=service)
    settle(by, service)
    publish_figures(Service, cause=told.pk)


def _in_basket(by: Actor, service_id: UUID) -> Service:
    service = kept(by, service_id)
    require_given(service, by)
    if not service.entries.filter(state=EntryState.ACCEPTED).exists():
        raise Problem(
            "Tej usługi nie ma jeszcze w koszyku",
            "Najpierw musi ją przyjąć Lider.",
            clause=UPDATING,
            kept=NOTHING_SAVED,
            at=service,
        )
    return service
