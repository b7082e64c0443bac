"""Links that may not exist in the URLconf one happens to be in."""

from django.urls import NoReverseMatch, reverse

from kooperacja.tenancy.urls import root_reverse


def link(name: str, *args: object) -> str:
    """The path of a page from here, or "" where this URLconf has no such page."""
    try:
        return reverse(name, args=args or None)
    except NoReverseMatch:
        return ""


def root_link(name: str, *args: object) -> str:
    """The path of a page of the shared plane, or "" where there is none."""
    try:
        return root_reverse(name, *args)
    except NoReverseMatch:
        return ""
