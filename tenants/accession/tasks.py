"""Nightly work of recruitment: contact data are kept no longer than their notice says."""

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.accession.actions.forgetting import forget_old_contacts


@app.task(name="tenants.accession.tasks.forget_contacts")
def forget_contacts() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        forget_contacts_of_one.delay(str(tenant.id))


@tenant_task
def forget_contacts_of_one() -> None:
    """Blank in one tenant the contact data of recruitment that is over."""
    forget_old_contacts(by=SYSTEM)
