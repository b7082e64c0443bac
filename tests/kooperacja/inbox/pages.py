"""The inbox."""

from uuid import uuid4

from kooperacja.inbox.actions import deliver_to_inbox
from kooperacja.inbox.models import InboxItem
from kooperacja.inbox.switching import off_path
from tests.declared import NO_FORM, SIGNED_IN, Rows, SharedPage

PAGES = [
    SharedPage("inbox", SIGNED_IN, NO_FORM, 5),
    SharedPage("inbox_tasks", SIGNED_IN, NO_FORM, 4),
    SharedPage("inbox_mails", SIGNED_IN, SIGNED_IN, 3),
    SharedPage(
        "inbox_mails_off",
        "ooooot",
        "ooooot",
        3,
        of="summary_off",
        seen="opened by the link of a mail: test_summaries.py",
    ),
    SharedPage("inbox_read", NO_FORM, "rnwnnt", of="item", seen="takes only the form of the inbox"),
]


def _item(rows: Rows) -> InboxItem:
    account, source = rows["owner"].pk, uuid4()
    deliver_to_inbox(account_id=account, title=rows["secret"], url="/", code="X", source_id=source)
    return InboxItem.objects.get(account=account, source_id=source)


ROWS = {
    "item": _item,
    "summary_off": lambda rows: off_path(rows["owner"].pk).rstrip("/").rpartition("/")[2],
}


def more(rows: Rows) -> None:
    for _ in range(4):
        _item(rows)
