"""Reasons against making two institutions one: a vote that is open."""

from collections.abc import Iterator

from tenants.people.models import Organisation
from tenants.people.references import Clash
from tenants.regulation.models import RegulationBallot
from tenants.regulation.workflow import RegulationState


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """The right to vote is settled when the voting begins, and is written once (REG §9)."""
    ballots = RegulationBallot.objects.filter(
        organisation__in=(source, target), regulation__state=RegulationState.VOTING
    )
    if ballot := ballots.select_related("regulation").first():
        yield Clash(
            f"Trwa głosowanie, w którym głos ma {ballot.name}. Połącz wpisy, gdy się skończy.",
            ballot.regulation.url,
            "Przejdź do głosowania",
        )
