"""Everybody reads each version of the regulation that comes into force (REG §9)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved
from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation.models import RegulationAcknowledgement, RegulationVersion


@transaction.atomic
def acknowledge_regulation(*, by: Actor, regulation_id: UUID) -> RegulationAcknowledgement:
    """Say that one has read the version in force."""
    person = Person.objects.acting(by)
    perms.acknowledge_regulation.require(person)
    assert person is not None  # denied else
    version = RegulationVersion.objects.get(pk=regulation_id)
    now = RegulationVersion.in_force_on(by.today).values_list("pk", flat=True).first()
    if version.pk != now:
        raise Problem(
            "Ta wersja regulaminu nie obowiązuje",
            "Zapoznaj się z wersją, która obowiązuje dzisiaj.",
            clause=perms.acknowledge_regulation.clause,
            kept=NOTHING_DONE,
            at=RegulationVersion,
            action="Przejdź do obowiązującej wersji",
        )
    row, is_new = RegulationAcknowledgement.objects.get_or_create(regulation=version, person=person)
    if not is_new:
        raise AlreadySaved(row)
    record(by=by, verb="REGULATION_ACKNOWLEDGED", obj=version)
    return row
