"""What waits for a person today, each with its clause; every noun of the app is a source."""

from collections.abc import Callable, Iterable
from datetime import date

from tenants.partnership.models import Person
from tenants.partnership.today import data_protection, dissolution
from tenants.partnership.today.applicants import to_fill_in
from tenants.partnership.today.coordinators import missing_coordinators
from tenants.partnership.today.recruitment import unanswered
from tenants.partnership.today.regulation import regulation_waits
from tenants.partnership.today.template import template_waits
from tenants.partnership.today.waiting import Waiting

Source = Callable[[Person, date], Iterable[Waiting]]
SOURCES: tuple[Source, ...] = (
    dissolution.dissolved,
    to_fill_in,
    regulation_waits,
    template_waits,
    unanswered,
    missing_coordinators,
    data_protection.agreements,
    data_protection.authorisations,
    data_protection.annex,
)


def waiting_for(person: Person, day: date) -> list[Waiting]:
    """Overdue first, then as the sources name them."""
    found = [one for source in SOURCES for one in source(person, day)]
    return sorted(found, key=lambda one: not one.is_overdue)


__all__ = ["Waiting", "waiting_for"]
