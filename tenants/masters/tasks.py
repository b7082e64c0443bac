"""Work of master cards by the clock: units that missed something, services to be confirmed (REG §3.5.a)."""

from django.utils import timezone

from kooperacja.celery import app
from tenants.masters import following, reporting
from tenants.masters.actions import rounds


@app.task(name="tenants.masters.tasks.catch_up")
def catch_up() -> None:
    """Bring what a unit missed while nobody could work in it."""
    now = timezone.now()
    following.catch_up(now)
    reporting.catch_up(now)


@app.task(name="tenants.masters.tasks.ask_keepers")
def ask_keepers() -> None:
    """Ask about what is due, write, see of which cards all was tried in vain; twice is as once."""
    day = timezone.localdate()
    rounds.open_rounds(day)
    rounds.write(day)
    rounds.give_up(day)
