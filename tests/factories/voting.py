"""A change of the regulation, its voting and its votes; made by the actions themselves."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from tenants.people.models import Organisation, Person
from tenants.regulation.actions.amendments import open_amendment, open_voting
from tenants.regulation.actions.versions import Adoption, edit_regulation
from tenants.regulation.actions.voting import cast_vote, close_voting, record_paper_vote
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote
from tests.factories import partnership as make_partnership
from tests.factories import people as make


def members(number: int) -> list[Organisation]:
    """Kooperanci who joined long ago."""
    made = [make.organisation() for _ in range(number)]
    for one in made:
        make_partnership.member(one)
    return made


def drafted(lead: Person, **values: Any) -> RegulationVersion:
    """A change that asks for more meetings."""
    draft = open_amendment(by=make.by(lead), key=uuid7())
    said = {"meetings_count": 2, "justification": "Spotykamy się za rzadko.", **values}
    return edit_regulation(by=make.by(lead), regulation_id=draft.pk, version=0, values=said)


def opened(lead: Person, days: int = 14, **values: Any) -> RegulationVersion:
    """A change that is being voted on."""
    return open_voting(
        by=make.by(lead),
        regulation_id=drafted(lead, **values).pk,
        voting_until=timezone.localdate() + timedelta(days=days),
    )


def ballot(version: RegulationVersion, of: Organisation | None) -> RegulationBallot:
    return RegulationBallot.objects.get(regulation=version, organisation=of)


def vote(
    version: RegulationVersion, person: Person, of: Organisation | None = None, choice: str = "YES"
) -> RegulationVote:
    """By the person, for the institution or for the Lider."""
    return cast_vote(
        by=make.by(person),
        regulation_id=version.pk,
        ballot_id=ballot(version, of).pk,
        choice=choice,
    )


def voted(version: RegulationVersion, of: Organisation, choice: str = "YES") -> RegulationVote:
    """By a coordinator of the institution."""
    return vote(version, make.person("PARTNER_COORDINATOR", organisation=of), of, choice)


def on_paper(
    version: RegulationVersion, person: Person, of: Organisation | None, cast_on: date
) -> RegulationVote:
    return record_paper_vote(
        by=make.by(person),
        regulation_id=version.pk,
        ballot_id=ballot(version, of).pk,
        choice="YES",
        cast_on=cast_on,
        upload=make.pdf("glos.pdf"),
    )


def adoption(in_force_from: date | None = None) -> Adoption:
    today = timezone.localdate()
    return Adoption(today, "Gogolin", in_force_from or today)


def close(
    version: RegulationVersion, lead: Person, in_force_from: date | None = None
) -> RegulationVersion:
    return close_voting(
        by=make.by(lead), regulation_id=version.pk, adoption=adoption(in_force_from)
    )
