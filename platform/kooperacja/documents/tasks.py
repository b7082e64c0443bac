"""Draws long papers in the background, and sweeps the disk of files that nobody needs."""

from contextlib import suppress

from kooperacja.celery import app
from kooperacja.documents import storage, turns
from kooperacja.documents.errors import Busy
from kooperacja.documents.fits import try_forms
from kooperacja.documents.models import PreparedFile, SignedContainer, StoredFile
from kooperacja.documents.preparing import DRAW, draw_next, due, forget_prepared
from kooperacja.outbox.nudge import begin, nudge
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task

# Longer than any request or task may still be about to record its file.
GRACE_SECONDS = 24 * 3600.0


@tenant_task
def draw() -> None:
    """One paper of the tenant, if it is its turn; then it goes to the end of the line.

    Who finds the machine drawing stays in the line, and whoever draws calls the first of it after.
    """
    own = str(current_tenant().id)
    begin(DRAW, own)
    if due().exists():
        turns.join(own)
    else:
        turns.leave(own)
    if turns.first() == own:
        is_drawn, more = draw_next(), due().exists()
        if more and not is_drawn:
            return  # it is called when the machine is free
        turns.leave(own)
        if more:
            turns.join(own)
    if following := turns.first():
        nudge(DRAW, following)


@app.task
def draw_all() -> None:
    """Find every paper that waits; a broker that lost everything loses nothing."""
    waiting = []
    for tenant in directory().open_tenants():
        with inside(tenant):
            if due().exists():
                waiting.append(str(tenant.id))
    turns.keep(waiting)
    for tenant_id in waiting:
        nudge(DRAW, tenant_id)


@app.task
def try_all_forms() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        try_forms_of_one.delay(str(tenant.id))


@tenant_task
def try_forms_of_one() -> None:
    """Try the Word forms of one tenant whose papers changed; when busy, the next time."""
    with suppress(Busy):
        try_forms()


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
    known |= set(SignedContainer.objects.values_list("path", flat=True))
    known |= set(PreparedFile.objects.values_list("path", flat=True))
    orphans = list(storage.orphans(known, older_than_seconds=GRACE_SECONDS))
    for file in orphans:
        file.unlink(missing_ok=True)
    return len(orphans)
