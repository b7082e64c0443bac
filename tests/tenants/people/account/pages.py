"""Pages of an account about all the units it works in."""

from tests.declared import NO_FORM, SIGNED_IN, SharedPage

PAGES = [
    SharedPage("account_calendar", SIGNED_IN, NO_FORM, 5),
]
