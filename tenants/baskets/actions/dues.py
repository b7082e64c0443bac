"""The day by which a service is to be confirmed again, and every such day before it (REG §3.5.a)."""

from datetime import date, timedelta

from tenants.baskets.models.dues import DueDay
from tenants.baskets.models.services import Service


def confirmed(
    service: Service, on: date, how: str, by_name: str, *, today: date
) -> tuple[str, ...]:
    """Take down who made sure that it is true; gives the columns to save."""
    _keep_former(service)
    service.confirmed_on, service.confirmed_how, service.confirmed_by_name = on, how, by_name
    _due(service, on, today)
    return "confirmed_on", "confirmed_how", "confirmed_by_name", "due_on"


def cycle_set(service: Service, cycle: int, today: date) -> tuple[str, ...]:
    """Another cycle, counted from the last confirmation, which stays; gives the columns to save."""
    _keep_former(service)
    service.cycle = cycle
    if service.confirmed_on is None:
        return ("cycle",)
    _due(service, service.confirmed_on, today)
    return "cycle", "due_on"


def _due(service: Service, confirmed_on: date, from_on: date) -> None:
    service.due_on = confirmed_on + timedelta(days=service.cycle)
    DueDay.objects.create(
        service=service, from_on=from_on, due_on=service.due_on, confirmed_on=confirmed_on
    )


def _keep_former(service: Service) -> None:
    """Keep the day of a confirmation that is older than such rows."""
    if service.confirmed_on and service.due_on and not service.due_days.exists():
        on = service.confirmed_on
        DueDay.objects.create(service=service, from_on=on, due_on=service.due_on, confirmed_on=on)
