"""Versions of the regulation for tests, put straight into the tables."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tenants.regulation.models import RegulationBallot, RegulationVersion
from tenants.regulation.rules import CHECKLIST
from tenants.regulation.workflow import RegulationState
from tests.factories import people as make


def whole_regulation(**fields: Any) -> dict[str, Any]:
    """All that a version must say before it may be adopted."""
    said = {name: f"Ustalenie: {name}." for name in CHECKLIST}
    return {
        "area": "gminie Gogolin",
        "lead_name": "Ośrodek Pomocy Społecznej w Gogolinie",
        "place": "siedziba Lidera",
        **said,
        **fields,
    }


def in_force(**fields: Any) -> RegulationVersion:
    """The first regulation, in force since the first day; put straight into the tables."""
    values = {
        "state": RegulationState.ADOPTED,
        "number": 1,
        "adopted_on": make.ESTABLISHED,
        "adopted_place": "Gogolin",
        "in_force_from": make.ESTABLISHED,
    }
    RegulationVersion.objects.update(**whole_regulation(), **values, **fields)
    return RegulationVersion.objects.get()


def parameters_on(day: date) -> RegulationVersion:
    """The version whose settings hold on a day; before the first one, the framework's own."""
    return RegulationVersion.in_force(day) or RegulationVersion()


def amendment(state: str = "DRAFT", **fields: Any) -> RegulationVersion:
    """A change of the regulation put straight into the tables, with a ballot of the Lider's."""
    newest = RegulationVersion.newest()
    assert newest is not None
    today = timezone.localdate()
    days = {"voting_from": today, "voting_until": today + timedelta(days=14)}
    made = RegulationVersion.objects.create(
        title=newest.title,
        amends=newest,
        clauses=newest.clauses,
        state=state,
        **whole_regulation(**{**(days if state == "VOTING" else {}), **fields}),
    )
    if state == "VOTING":
        RegulationBallot.objects.create(regulation=made, name=newest.lead_name)
    return made
