"""Invented editions of the basket of the demo, with what changed between them."""

from dataclasses import replace
from datetime import date, timedelta

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.baskets.actions import editions
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import EntryState

_TAKEN_IN, _ISSUED = timedelta(days=40), timedelta(days=35)


def first_edition(office: Actor, today: date) -> None:
    """The basket as it was a month ago."""
    day = today - _TAKEN_IN
    accepted = ServiceEntry.objects.filter(state=EntryState.ACCEPTED)
    accepted.update(filed_on=day, decided_on=day)
    Service.objects.update(changed_on=day, reviewed_on=day)
    _issue(replace(office, day=today - _ISSUED))


def second_edition(office: Actor) -> None:
    """The same after some of it has changed."""
    _issue(office)


def _issue(by: Actor) -> None:
    coming = editions.next_one(by.today)
    items, since = editions.prepared(coming)
    if items and (since or coming.before is None):
        editions.issue(by=by, key=uuid7())
