"""Everybody reads each version of the regulation that comes into force (REG §9)."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.partnership import perms
from tenants.partnership.models import Person, RegulationAcknowledgement, RegulationVersion

CLAUSE = "§ 9 regulaminu"
READERS = "Z regulaminem zapoznaje się osoba, która ma rolę w Partnerstwie."


@transaction.atomic
def acknowledge_regulation(
    *, by: Actor, person: Person, regulation_id: UUID
) -> RegulationAcknowledgement:
    """Say that one has read the version in force."""
    perms.acknowledge_regulation.require(person)
    version = RegulationVersion.objects.get(pk=regulation_id)
    now = RegulationVersion.in_force_on(timezone.localdate()).values_list("pk", flat=True).first()
    if version.pk != now:
        raise Problem(
            "Ta wersja regulaminu nie obowiązuje",
            "Zapoznaj się z wersją, która obowiązuje dzisiaj.",
            clause=CLAUSE,
            kept="Niczego nie zapisaliśmy.",
            href=reverse("partnership:regulations"),
            action="Przejdź do obowiązującej wersji",
        )
    made, is_new = RegulationAcknowledgement.objects.get_or_create(
        regulation=version, person=person
    )
    if not is_new:
        raise AlreadySaved(made)
    record(by=by, verb="REGULATION_ACKNOWLEDGED", obj=version)
    return made
