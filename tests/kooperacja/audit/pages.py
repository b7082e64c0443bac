"""The journal of a tenant."""

from tests.declared import HEADS, Page

PAGES = [
    # One question for each kind of row that its newest page tells of.
    Page("audit:journal", HEADS + "D", (16, 19)),
]
