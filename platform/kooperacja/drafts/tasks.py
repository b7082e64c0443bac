"""Drafts go in time: when they are old, and when their page or the right to it has gone."""

from kooperacja.accounts.models import AccountDraft
from kooperacja.celery import app
from kooperacja.drafts.keeping import forget_old
from kooperacja.drafts.models import Draft
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task


@tenant_task
def forget_drafts() -> None:
    forget_old(Draft.objects.all())


@app.task
def forget_old_drafts() -> None:
    forget_old(AccountDraft.objects.all())
    for tenant in directory().open_tenants():
        forget_drafts.delay(str(tenant.id))
