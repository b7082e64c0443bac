"""Work of master cards by the clock: units that missed something, services to be confirmed (REG §3.5.a)."""

from itertools import groupby

from django.utils import timezone

from kooperacja.celery import app
from tenants.masters import following
from tenants.masters.notifications import ask_to_confirm
from tenants.masters.standing import due, keeping

_EVERY_DAYS, _MOST = 14, 4


@app.task(name="tenants.masters.tasks.catch_up")
def catch_up() -> None:
    """Bring what a unit missed while nobody could work in it."""
    following.catch_up(timezone.now())


@app.task(name="tenants.masters.tasks.ask_keepers")
def ask_keepers() -> None:
    """Write to the keepers on the day it is due and each two weeks, four times at most."""
    day = timezone.localdate()
    for card, rows in groupby(due(day), key=lambda one: one.card):
        services = list(rows)
        since = min(one.due_on or one.changed_on for one in services)
        stage = (day - since).days // _EVERY_DAYS
        if stage < _MOST:
            for keeper in keeping().filter(card=card).select_related("account"):
                ask_to_confirm(card, keeper.account, len(services), f"{since}:{stage}")
