"""Draws long papers in the background, and sweeps the disk of files that nobody needs."""

from kooperacja.celery import app
from kooperacja.documents import storage
from kooperacja.documents.models import PreparedFile, StoredFile
from kooperacja.documents.preparing import DRAW, draw_next, due, forget_prepared
from kooperacja.outbox.nudge import begin, nudge
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task

# Longer than any request or task may still be about to record its file.
GRACE_SECONDS = 24 * 3600.0


@tenant_task
def draw() -> None:
    """One paper of the tenant; the next queues up behind the work of other tenants."""
    call = (DRAW, str(current_tenant().id))
    begin(*call)
    if draw_next() and due().exists():
        nudge(*call)


@app.task
def draw_all() -> None:
    """Find every paper that waits; a broker that lost everything loses nothing."""
    for tenant in directory().open_tenants():
        with inside(tenant):
            is_due = due().exists()
        if is_due:
            nudge(DRAW, str(tenant.id))


@app.task
def remove_orphans() -> None:
    for tenant in directory().open_tenants():
        with inside(tenant):
            forget_prepared()
            sweep()


def sweep() -> int:
    """Remove the files of the current tenant that no row knows; how many.

    A transaction that was rolled back left them.
    """
    known = set(StoredFile.objects.values_list("path", flat=True))
    known |= set(PreparedFile.objects.values_list("path", flat=True))
    orphans = list(storage.orphans(known, older_than_seconds=GRACE_SECONDS))
    for file in orphans:
        file.unlink(missing_ok=True)
    return len(orphans)
