"""Search finds meetings, items and arrangements for whoever may read them."""

from collections.abc import Iterator
from datetime import date

import pytest

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import found
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import Meeting
from tenants.registry.roles import Role
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.offering import offer
from tests.tenants.meetings.test_closed import KEY

PAST = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


def titles(rows: object) -> list[str]:
    return [one.title for one in rows]  # type: ignore[attr-defined]


def test_meetings_items_and_arrangements_are_found_by_words() -> None:
    meeting, person = make.past(PAST), make.lead()
    make.item(meeting, "Świetlica w Zmyślonej")
    row = make.arrangement(meeting, text="Przygotować listę dyżurów")

    assert titles(found.meetings(person, "spotkanie 12 marca")) == [str(meeting)]
    assert titles(found.items(person, "swietlica zmyslonej")) == ["Świetlica w Zmyślonej"]
    assert titles(found.arrangements(person, row.serial)) == [str(row)]
    assert titles(found.arrangements(person, "dyzurow")) == [str(row)]
    assert titles(found.arrangements(person, "basen")) == []


def test_what_is_being_prepared_is_found_by_whoever_prepares_it_alone() -> None:
    meeting = make.planned()
    colleague = make_people.person(Role.SOCIAL_WORKER)

    assert titles(found.items(make.lead(), "senior")) == ["Potrzeby seniorów"]
    assert titles(found.items(colleague, "senior")) == []
    assert titles(found.meetings(colleague, "spotkanie")) == []
    assert Meeting.objects.get() == meeting


def of_closed_team() -> Meeting:
    """A meeting of a closed team with an item and an arrangement."""
    team = Team.objects.create(
        kind=ZZK, rests_on_kind="test", rests_on=make.pzk().pk, from_on=make_people.ESTABLISHED
    )
    meeting = Meeting.objects.create(team=team, state="CONVENED", **make.values(PAST))
    meeting.items.create(position=1, title="Zmyślona rodzina", kind="DISCUSSION")
    Arrangement.objects.create(
        team=team,
        meeting=meeting,
        year=2026,
        number=77,
        made_on=PAST,
        text="Zmyślona rodzina",
        due_on=PAST,
    )
    return meeting


def test_the_texts_of_a_closed_team_are_looked_for_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker, lead = make_people.person(Role.SOCIAL_WORKER), make.lead()
    offer(monkeypatch, ClosedTeams(ZZK, lambda person, team: person == worker, lambda team: KEY))
    meeting = of_closed_team()

    for person in (worker, lead):
        assert titles(found.items(person, "rodzina")) == []
        assert titles(found.arrangements(person, "rodzina")) == []
    assert titles(found.arrangements(worker, "77/2026")) == ["Ustalenie nr 77/2026"]
    assert titles(found.arrangements(lead, "77/2026")) == []
    assert titles(found.meetings(worker, "12 marca")) == [str(meeting)]
    assert titles(found.meetings(lead, "12 marca")) == []
