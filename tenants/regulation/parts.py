"""Parts of the pages of people, filled by the regulation."""

from typing import Any

from django.utils import timezone

from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import former_names


def office(person: Person) -> dict[str, Any] | None:
    """Names of the office that the version in force still says as they were (REG §9)."""
    version = RegulationVersion.in_force(timezone.localdate())
    return {"former_names": former_names(version)} if version else None
