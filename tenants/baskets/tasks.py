"""Nightly work of the basket: owners are asked to confirm what they offer (REG §3.5.a)."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.baskets import links
from tenants.baskets.actions import referrals, shortlists
from tenants.baskets.actions.rounds import (
    give_up,
    open_round,
    remind,
    renew,
    to_open,
    to_renew,
    to_silence,
)


@app.task(name="tenants.baskets.tasks.check_in_each")
def check_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        check_in_one.delay(str(tenant.id))


@tenant_task
def check_in_one() -> None:
    """Ask in one tenant about what is due, remind, see who is silent; twice is as once."""
    day = timezone.localdate()
    for key in to_renew(day):
        renew(by=SYSTEM, check_id=key)
    for key in to_open(day):
        open_round(by=SYSTEM, card_id=key)
    remind(day=day)
    for key in to_silence(day):
        give_up(by=SYSTEM, check_id=key)
    for key in referrals.to_remind(day):
        referrals.remind(referral_id=key, day=day)
    shortlists.forget_old(day=day)
    links.forget_old()
