"""People of an invented unit, as those who act."""

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from tenants.people.models import RoleAssignment


def actor_of(role: RoleAssignment) -> Actor:
    """A person of the unit, as the one who acts."""
    name = role.person.full_name
    return Actor(None, name, role=role.role, via=Via.TASK, person_id=role.person_id)
