"""The work of a process before its first request and before it forks."""

import gc
from collections.abc import Callable, Iterable
from importlib import import_module

from django.conf import settings


def settle(made_at_start: Iterable[Callable[[], None]]) -> None:
    """Load what the first request would load, and spare it the garbage collector from now on.

    These objects stay as long as the process: to look at all of them again and again took a page
    of the whole region a tenth of a second, every few requests.
    """
    for pages in (settings.ROOT_URLCONF, *settings.TENANT_URLCONFS.values()):
        import_module(pages)
    for make in made_at_start:
        make()
    gc.collect()
    gc.freeze()
