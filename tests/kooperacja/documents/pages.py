"""Private files of a tenant."""

from tests.declared import FILE, KEEPERS, Page

PAGES = [
    Page("documents:file", KEEPERS + "DPH", 7, of="file", seen=FILE),
]
