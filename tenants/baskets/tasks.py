"""Nightly work of the basket: owners are asked to confirm what they offer (REG §3.5.a)."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.baskets.actions import referrals
from tenants.baskets.actions.rounds import open_round, remind, to_open, to_remind
from tenants.baskets.actions.shortlists import forget_old


@app.task(name="tenants.baskets.tasks.check_in_each")
def check_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        check_in_one.delay(str(tenant.id))


@tenant_task
def check_in_one() -> None:
    """Open in one tenant the rounds of cards with due services, and remind; twice is as once."""
    day = timezone.localdate()
    for key in to_open(day):
        open_round(by=SYSTEM, card_id=key)
    for key in to_remind(day):
        remind(check_id=key, day=day)
    for key in referrals.to_remind(day):
        referrals.remind(referral_id=key, day=day)
    forget_old(day=day)
