"""Pages of an account about all the units it works in."""

from kooperacja.accounts import feeds
from tests.declared import ANYBODY, FILE, NO_FORM, NO_FORM_EVER, SIGNED_IN, Rows, SharedPage
from tests.factories import accounts

PAGES = [
    SharedPage("account_calendar", SIGNED_IN, NO_FORM, 14),
    SharedPage("calendar_feed_new", "rooost", "rooost", 3),
    SharedPage("calendar_feed_revoke", "rooost", "rwwwst", 2),
    SharedPage("calendar_feed", ANYBODY, NO_FORM_EVER, 17, of="feed", seen=FILE),
]


def _feed(rows: Rows) -> str:
    """The secret of an address."""
    _, secret = feeds.issue(by=accounts.acting(rows["owner"]))
    return secret


ROWS = {"feed": _feed}
