"""What an institution says of itself, so that members know each other (REG §1.8)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import save_edited
from tenants.people import perms
from tenants.people.models import Organisation, Person

_OWN = frozenset(
    {"competences", "ways_of_working", "legal_basis", "email", "phone", "website", "edelivery"}
)


@transaction.atomic
def edit_profile(
    *, by: Actor, organisation_id: UUID, version: int, values: dict[str, Any]
) -> Organisation:
    """Write the profile and contact data; never the name or a number."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    perms.edit_profile.require(Person.objects.acting(by), organisation)
    if foreign := set(values) - _OWN:
        raise ValueError(f"no part of a profile: {sorted(foreign)}")
    before = {name: getattr(organisation, name) for name in values}
    changed = save_edited(organisation, version, values)
    data = {name: [before[name], values[name]] for name in changed}
    record(by=by, verb="PROFILE_EDITED", obj=organisation, data=data)
    return organisation
