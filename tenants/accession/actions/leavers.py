"""The office withholds what somebody who left may read."""

from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import AlreadySaved
from tenants.accession import perms
from tenants.accession.models.leavers import ViewWithheld
from tenants.people.models import Person


@transaction.atomic
def withhold_view(
    *, by: Actor, key: UUID | None = None, person_id: UUID, reason: str
) -> ViewWithheld:
    """Let somebody who left read nothing more, from now on."""
    by.require_proof()
    key = key or uuid7()
    person = Person.objects.select_for_update().get(pk=person_id)
    perms.withhold_view.require(Person.objects.acting(by))
    if saved := ViewWithheld.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    withheld = ViewWithheld.objects.create(
        id=key, person=person, reason=reason, withheld_by_name=by.name[:200]
    )
    record(by=by, verb="VIEW_WITHHELD", obj=withheld, why=reason)
    return withheld
