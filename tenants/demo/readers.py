"""Who of the demo's people has read the regulation in force: most, not all (REG §9)."""

from kooperacja.audit.actor import Actor
from tenants.demo.office import Office
from tenants.people.models import RoleAssignment
from tenants.regulation.actions import acknowledgement
from tenants.regulation.models import RegulationVersion


def acknowledge(office: Office) -> None:
    """Every fourth has yet to read it."""
    version = RegulationVersion.in_force(office.today)
    assert version is not None  # this partnership lives
    held = RoleAssignment.objects.on(office.today).select_related("person")
    for number, row in enumerate(held.order_by("from_on", "pk")):
        if number % 4 != 3:
            reader = Actor(
                account_id=row.person.account_id,
                name=row.person.full_name,
                role=row.role,
                via="TASK",
                person_id=row.person_id,
            )
            acknowledgement.acknowledge_regulation(by=reader, regulation_id=version.pk)
