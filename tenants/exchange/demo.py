"""Letters of the demo, which are carried while its region is written."""

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange import letters
from tenants.exchange.models import Letter


def carry(tenant: TenantRef) -> None:
    """Have read what a unit wrote: no worker carries anything yet, and later finds it done."""
    with inside(tenant):
        for message in Outgoing.objects.filter(kind=letters.LETTER, done_at=None).order_by("id"):
            letters.take_in(message, tenant)
    waiting = Letter.objects.filter(source_id=tenant.id, delivered_at=None, returned_at=None)
    for letter in waiting:
        letters.settle(letter.pk)
