"""Access that ended with a role is closed on its day (REG §1.6)."""

from datetime import timedelta

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.models import Outgoing
from tenants.partnership.models import Membership
from tenants.people.actions.invitations import end_access, publish_figures
from tenants.people.models import RoleAssignment

# As long as the outbox remembers what it has sent, and a little less.
_LOOKS_BACK = timedelta(days=25)


@transaction.atomic
def close_ended_access(*, by: Actor) -> None:
    """Daily: close the doors of roles whose last day has passed; repeating it changes nothing."""
    today = by.today
    recently = (today - _LOOKS_BACK, today)
    held = set(RoleAssignment.objects.on(today).values_list("person", "role", "organisation"))
    ended = RoleAssignment.objects.filter(ended_on__range=recently).select_related("person")
    sent = set(
        Outgoing.objects.filter(dedupe__startswith="access-end:").values_list("dedupe", flat=True)
    )
    for role in ended.order_by("pk"):
        is_held_again = (role.person_id, role.role, role.organisation_id) in held
        if not is_held_again and f"access-end:{role.pk}" not in sent:
            end_access(by=by, assignment=role)
            record(by=by, verb="ACCESS_CLOSED", obj=role)
    for membership in Membership.objects.filter(ended_on__range=recently):
        publish_figures(cause=membership.pk)
