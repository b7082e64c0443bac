"""Revisions of what tenants publish to the region: a number that rises with every change."""

from collections.abc import Callable

from django.db import connections

PUBLISH = "publish"  # the one connection that may write what the region reads


def next_revision(lock: int, last: Callable[[], int]) -> int:
    """Revisions become visible in their order, so that a question "since" misses none."""
    with connections[PUBLISH].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
    return last() + 1
