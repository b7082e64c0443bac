"""Lines of inboxes for the tests of the inbox."""

from uuid import uuid4

from kooperacja.accounts.models import Account
from kooperacja.inbox.actions import deliver_to_inbox
from kooperacja.inbox.models import InboxItem
from kooperacja.tenancy.ref import TenantRef


def line(
    who: Account, tenant: TenantRef | None, title: str = "Sprawa", *, is_news: bool = True
) -> InboxItem:
    source = uuid4()
    deliver_to_inbox(
        account_id=who.pk,
        title=title,
        url=f"{tenant.prefix if tenant else ''}/",
        code="TESTED",
        source_id=source,
        tenant=tenant,
        is_news=is_news,
    )
    return InboxItem.objects.get(source_id=source)
