"""Institutions that the demo's Liders approached, and helpers of the community."""

from datetime import date, timedelta
from random import Random
from typing import Any

from uuid6 import uuid7

from tenants.accession.actions import community as actions
from tenants.accession.models.recruitment import Recruitment, RecruitmentStep
from tenants.accession.workflow import OPEN_RECRUITMENTS, RecruitmentState
from tenants.demo import words
from tenants.demo.members import everybody
from tenants.demo.office import Office

_WAYS = (
    (Recruitment.Origin.OFFICE, "INVITED"),
    (Recruitment.Origin.PUBLIC_PAGE, "ASKED"),
    (Recruitment.Origin.OFFICE, "INVITED DECLINED"),
    (Recruitment.Origin.NEED, "INVITED REPLIED"),
    (Recruitment.Origin.PUBLIC_PAGE, "ASKED CLOSED"),
)
_STEP = timedelta(days=9)


def recruit(office: Office, random: Random, count: int) -> None:
    """The log of those who have not joined, and of the member that joined last."""
    entries = [_approach(office, random, number) for number in range(count)]
    members = everybody()
    if members and count:
        of = members[-1]
        began = max(of.from_on - 3 * _STEP, office.began)
        entry = Recruitment(
            origin=Recruitment.Origin.OFFICE,
            state=RecruitmentState.JOINED,
            institution_name=of.organisation.name,
            sector=of.organisation.sector,
            organisation=of.organisation,
            declaration=of.declaration,
            began_on=began,
        )
        entries.append((entry, [("INVITED", began), ("JOINED", of.from_on)]))
    Recruitment.objects.bulk_create(entry for entry, _ in entries)
    RecruitmentStep.objects.bulk_create(
        RecruitmentStep(
            recruitment=entry,
            state=state,
            happened_on=day,
            note=words.STEPS.get(state, ""),
            actor_name=entry.institution_name if state == "ASKED" else office.lead.full_name,
        )
        for entry, steps in entries
        for state, day in steps
    )


def _approach(
    office: Office, random: Random, number: int
) -> tuple[Recruitment, list[tuple[str, date]]]:
    origin, path = _WAYS[number % len(_WAYS)]
    states = path.split()
    sector, pattern = words.APPROACHED[number % len(words.APPROACHED)]
    began = max(office.today - timedelta(days=25 + 14 * number), office.began)
    entry = Recruitment(
        origin=origin,
        state=states[-1],
        institution_name=pattern.format(place=office.place),
        sector=sector,
        began_on=began,
        **(_contact(random, number) if states[-1] in OPEN_RECRUITMENTS else {}),
    )
    return entry, [(state, began + step * _STEP) for step, state in enumerate(states)]


def _contact(random: Random, number: int) -> dict[str, Any]:
    """Kept only while the recruitment goes on."""
    name = words.person(random)
    return {
        "contact_name": name,
        "contact_email": words.email(name, 600 + number),
        "message": "Chcemy współpracować (wpis zmyślony).",
    }


def find_neighbours(office: Office, random: Random, count: int) -> None:
    for number in range(count):
        kind, pattern, offers = words.NEIGHBOURS[number]
        actions.add_resource(
            by=office.actor,
            key=uuid7(),
            values={
                "kind": kind,
                "name": pattern.format(place=office.place),
                "area": "Przykładowo",
                "offers": offers,
                "contact_name": words.person(random),
                "from_on": office.began,
            },
        )
