"""The public pages of types of services, and the same as files."""

from tests.declared import FILE, NO_FORM, SharedPage

# Whoever signed in and has no second factor yet sets it first; signed out it is open to them too.
OPEN = "ooooot"

PAGES = [
    SharedPage(
        "directory:types",
        OPEN,
        NO_FORM,
        2,
        seen=("", "?szukaj=obiady+w+szkole", "?szukaj=hipopotam"),
    ),
    SharedPage(
        "directory:type",
        OPEN,
        NO_FORM,
        2,
        of="service_type",
        seen=("wytchnienie", "pogrzeb"),
    ),
    SharedPage("directory:types_ttl", OPEN, NO_FORM, 2, seen=FILE),
    SharedPage("directory:types_jsonld", OPEN, NO_FORM, 2, seen=FILE),
]

ROWS = {"service_type": ("wytchnienie",)}
