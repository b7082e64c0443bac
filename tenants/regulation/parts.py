"""Parts of the pages of people, filled by the regulation."""

from datetime import date
from typing import Any

from django.utils import timezone

from tenants.people.models import Person
from tenants.regulation import outline, perms
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import former_names
from tenants.regulation.workflow import RegulationState


def office(person: Person) -> dict[str, Any] | None:
    """Names of the office that the version in force still says as they were (REG §9)."""
    version = RegulationVersion.in_force(timezone.localdate())
    return {"former_names": former_names(version)} if version else None


def in_short(person: Person, day: date) -> dict[str, Any] | None:
    """The version in force, and the vote that goes on or was the last one (REG §9)."""
    if not perms.see_drafts(person):
        return None
    known = outline.versions()
    votes = [(_is_open(one), _vote_ended_on(one), one) for one in known if one.voting_until]
    is_open, until, voted = max(votes, key=lambda vote: vote[:2], default=(False, None, None))
    return {
        "in_force": outline.in_force(day),
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
