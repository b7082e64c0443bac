"""The versions of the regulation without their texts, of which many pages ask (REG §9)."""

from datetime import date

from kooperacja.tenancy.facts import fact
from tenants.regulation.models import RegulationVersion

_COLUMNS = (
    *("state", "number", "amends", "template_number", "created_at"),
    *("adopted_on", "in_force_from", "voting_from", "voting_until", "closed_on"),
)


@fact
def versions() -> tuple[RegulationVersion, ...]:
    """All of them by number; those never adopted come last."""
    rows = RegulationVersion.objects.with_unsettled().only(*_COLUMNS)
    return tuple(rows.order_by("number", "pk"))


def in_force(day: date) -> RegulationVersion | None:
    """The version in force on a day."""
    adopted = (one for one in versions() if one.number)
    begun = [one for one in adopted if one.in_force_from and one.in_force_from <= day]
    return begun[-1] if begun else None
