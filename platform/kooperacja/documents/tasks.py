"""Sweeps the disk of files that no row knows, left by a transaction that was rolled back."""

from kooperacja.celery import app
from kooperacja.documents import storage
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory

# Longer than any request or task may still be about to record its file.
GRACE_SECONDS = 24 * 3600.0


@app.task
def remove_orphans() -> None:
    for tenant in directory().open_tenants():
        with inside(tenant):
            sweep()


def sweep() -> int:
    """Remove the orphans of the current tenant; how many."""
    known = set(StoredFile.objects.values_list("path", flat=True))
    orphans = list(storage.orphans(known, older_than_seconds=GRACE_SECONDS))
    for file in orphans:
        file.unlink(missing_ok=True)
    return len(orphans)
