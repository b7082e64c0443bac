"""Parts of the pages of people, filled by the regulation."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import former_names
from tenants.regulation.workflow import RegulationState

_LIGHT = ("state", "number", "in_force_from", "adopted_on", "closed_on", "voting_until")


def office(person: Person) -> dict[str, Any] | None:
    """Names of the office that the version in force still says as they were (REG §9)."""
    version = RegulationVersion.in_force(timezone.localdate())
    return {"former_names": former_names(version)} if version else None


def in_short(person: Person, day: date) -> dict[str, Any] | None:
    """The version in force, and the vote that goes on or was the last one (REG §9)."""
    if not perms.see_drafts(person):
        return None
    rows = RegulationVersion.objects.filter(
        Q(number__isnull=False, in_force_from__lte=day) | Q(voting_until__isnull=False)
    )
    known = list(rows.only(*_LIGHT).order_by("number", "pk"))
    begun = [one for one in known if one.number and one.in_force_from and one.in_force_from <= day]
    votes = [(_is_open(one), _vote_ended_on(one), one) for one in known if one.voting_until]
    is_open, until, voted = max(votes, key=lambda vote: vote[:2], default=(False, None, None))
    return {
        "in_force": begun[-1] if begun else None,
        "voted": voted,
        "is_open": is_open,
        "until": until,
    }


def _is_open(version: RegulationVersion) -> bool:
    return version.state == RegulationState.VOTING


def _vote_ended_on(version: RegulationVersion) -> date:
    """Its last day; a vote may be closed before it."""
    days = (version.voting_until, version.adopted_on, version.closed_on)
    return min(each for each in days if each)
