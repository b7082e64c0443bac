"""Rebuilding of the whole directory, one tenant after another."""

from collections.abc import Callable

from django.utils import timezone

from kooperacja.tenancy.middleware import directory
from region.directory.actions import ask_all_anew, publish_services
from region.directory.models import TenantListing


def rebuild(tell: Callable[[int, int], None], *, only_left: bool) -> int:
    """Read every open tenant anew, or those that an interrupted rebuild left; how many there were.

    A worker may have read one meanwhile, which is not read twice.
    """
    open_ones = {tenant.id: tenant for tenant in directory().open_tenants()}
    if not only_left:
        ask_all_anew(open_ones)
    done = TenantListing.objects.filter(is_due=False)
    left = [one for key, one in open_ones.items() if not done.filter(tenant_id=key).exists()]
    for count, tenant in enumerate(left, 1):
        if not done.filter(tenant_id=tenant.id).exists():
            publish_services(tenant, today=timezone.localdate())
        tell(count, len(left))
    return len(left)
