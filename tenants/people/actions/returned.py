"""An address on which mail did not arrive, and that somebody looked into."""

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.models import AddressSettled, Returned
from kooperacja.writes import came_in
from tenants.people import perms
from tenants.people.models import Person


@transaction.atomic
def settle_address(*, by: Actor, returned: Returned) -> AddressSettled:
    """Say that an address is right, or that it does not matter; a mail that comes back later counts."""
    perms.see_people.require(Person.objects.acting(by))
    settled = AddressSettled(pk=returned.pk, email=returned.email, settled_by=by.name[:200])
    if came_in(settled):
        record(by=by, verb="ADDRESS_SETTLED", obj=settled)
    return settled
