""" "Moje sprawy": what waits for an account in each of the units it works in, as their people see it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.calendar import days_of
from tenants.people.models import Person
from tenants.people.today import Waiting, by_urgency, counts, waiting_for
from tenants.registry import release
from tenants.registry.places import held_by

logger = logging.getLogger(__name__)

NOT_ENTERED = "Zobaczysz, gdy wejdziesz tam po raz pierwszy."
Find = Callable[[Person, date], list[Waiting]]
UNREACHED = "Nie udało się odczytać. Spróbuj ponownie za chwilę."


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits, and the unit in which it does."""

    waiting: Waiting
    tenant: TenantRef


@dataclass(frozen=True, slots=True)
class Silent:
    """A unit that could not be asked, and why."""

    tenant: TenantRef
    why: str


def of_account(request: HttpRequest) -> dict[str, Any]:
    """Everything that waits, the most urgent first, and the units that could not be asked."""
    day = timezone.localdate()
    assert isinstance(request.user, Account)
    found = list(_found(request.user, day, waiting_for))
    matters = [one for one in found if isinstance(one, Matter)]
    matters.sort(key=lambda one: by_urgency(one.waiting))
    return {
        "waiting": [(one.waiting, one.tenant) for one in matters],
        "counts": counts((one.waiting for one in matters), day),
        "silent": [one for one in found if isinstance(one, Silent)],
    }


def days_of_account(account: Account, day: date) -> tuple[list[Matter], list[Silent]]:
    """Days in all units, as the calendar of each shows them, and the units that were not asked."""
    found = list(_found(account, day, days_of))
    matters = [one for one in found if isinstance(one, Matter)]
    return matters, [one for one in found if isinstance(one, Silent)]


def _found(account: Account, day: date, find: Find) -> Iterator[Matter | Silent]:
    for row in dict.fromkeys(one.tenant for one in held_by(account) if one.tenant):
        tenant = row.ref
        if not tenant.is_open:
            continue  # its state stands among the places
        if release.is_behind(row.ddl):
            yield Silent(tenant, UNREACHED)
            continue
        try:
            yield from _in_one(tenant, account, day, find)
        except DatabaseError:
            logger.exception("what waits in %s was not read", tenant.schema)
            yield Silent(tenant, UNREACHED)


def _in_one(tenant: TenantRef, account: Account, day: date, find: Find) -> list[Matter | Silent]:
    with inside(tenant):
        person = Person.objects.of_account(account.pk)
        if person is None:
            return [Silent(tenant, NOT_ENTERED)]
        return [Matter(one, tenant) for one in find(person, day)]
