"""The journal of a tenant."""

from tests.declared import HEADS, Page

PAGES = [
    Page("audit:journal", HEADS + "D", 13),
]
