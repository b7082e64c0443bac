"""The versions of the regulation that a leaver has read (REG §9)."""

from collections.abc import Iterator

from tenants.people.leavers import Leaver, OwnPaper
from tenants.regulation.models import RegulationAcknowledgement


def acknowledged(leaver: Leaver) -> Iterator[OwnPaper]:
    """Versions that the person confirmed to know, while they had a role."""
    rows = RegulationAcknowledgement.objects.filter(
        person__in=leaver.person.entries, recorded_at__lte=leaver.last_at
    )
    for row in rows.select_related("regulation").order_by("recorded_at", "pk"):
        yield OwnPaper(f"Zapoznanie się z regulaminem: {row.regulation}", row.recorded_at.date())
