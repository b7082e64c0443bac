"""Links across the planes: from a tenant's page to the shared plane."""

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


def root_reverse(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page of the shared plane, from wherever one is."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(
            name, urlconf=settings.ROOT_URLCONF, args=args or None, kwargs=kwargs or None
        )
    finally:
        set_script_prefix(before)
