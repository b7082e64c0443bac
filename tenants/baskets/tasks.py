"""Work of the basket by the clock: owners are asked to confirm, old files are made anew (REG §3)."""

import time
from collections.abc import Iterator

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.outbox.nudge import begin, nudge
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.baskets import links
from tenants.baskets.actions import (
    campaigns,
    imports,
    missing,
    redrawing,
    referrals,
    searches,
    shortlists,
)
from tenants.baskets.actions.imports import BRING_IN
from tenants.baskets.actions.redrawing import REDRAW, outdated
from tenants.baskets.actions.rounds import (
    give_up,
    open_round,
    remind,
    renew,
    to_open,
    to_renew,
    to_silence,
)
from tenants.baskets.judging import Judge
from tenants.baskets.models.imports import ImportFile
from tenants.baskets.workflow import ImportState

_SECONDS = 15  # then the next in line has its turn
_A_TIME = 200  # rows, after which the page shows how far it has come


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
    for key in campaigns.to_finish(day):
        campaigns.finish_by_itself(by=SYSTEM, campaign_id=key)
    for key in referrals.to_remind(day):
        referrals.remind(referral_id=key, day=day)
    for key in missing.late(day):
        missing.remind(membership_id=key, day=day)
    shortlists.forget_old(day=day)
    links.forget_old()
    for prepared in outdated():
        redrawing.redraw(prepared)
    imports.forget_rows(day)
    searches.tell_of_news(day)


@tenant_task
def redraw() -> None:
    """Make anew in one tenant the prepared files of editions in which something was hidden."""
    begin(REDRAW, str(current_tenant().id))
    for prepared in outdated():
        redrawing.redraw(prepared)


@app.task(name="tenants.baskets.tasks.bring_in_each")
def bring_in_each() -> None:
    """Go on with files that were broken off, in every open tenant."""
    for tenant in directory().open_tenants():
        bring_in.delay(str(tenant.id))


@tenant_task
def bring_in() -> None:
    """Check the rows of files that came, and write those that were confirmed; twice is as once."""
    own = str(current_tenant().id)
    begin(BRING_IN, own)
    until = time.monotonic() + _SECONDS
    working = (ImportState.CHECKING, ImportState.WRITING)
    for file in ImportFile.objects.filter(state__in=working).order_by("pk"):
        more = check_rows if file.state == ImportState.CHECKING else write_rows
        for _ in more(file):
            if time.monotonic() > until:
                nudge(BRING_IN, own)
                return


def check_rows(file: ImportFile) -> Iterator[bool]:
    judge = Judge(file.kind, timezone.localdate())
    known = file.rows.exclude(key="").order_by("number")
    judge.remember(known.values_list("key", "number"))
    while imports.check_some(import_id=file.pk, judge=judge.judge, most=_A_TIME):
        yield True


def write_rows(file: ImportFile) -> Iterator[bool]:
    while imports.write_some(import_id=file.pk):
        yield True
