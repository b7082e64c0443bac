"""A matter that was passed to another team comes back with its outcome (REG §2.5; POR §2)."""

from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja import offers
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import outcomes, planning
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.models.decisions import items_of
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.returned import say_results
from tenants.people.models import Person
from tenants.teams import kinds
from tenants.teams.closed import ClosedTeams
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import people as make_people

SECRET = "Pomoc rodzinie z ulicy Zmyślonej."


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Team:
    """Another open team that the Lider runs too."""
    law = kinds.KINDS["PZK"]
    both = kinds.Kind("Partnerstwo", "§ 2 porozumienia", "Partnerstwa", law.leads, law.helps)
    monkeypatch.setitem(kinds.KINDS, "PARTNERSHIP", both)
    return Team.objects.create(
        kind="PARTNERSHIP", rests_on_kind="test", rests_on=uuid7(), from_on=make_people.ESTABLISHED
    )


def ended(item: AgendaItem, outcome: str, text: str = "", **more: Any) -> AgendaItem:
    """The item ended so, and its meeting was closed."""
    values = {item.pk: Ended(item.version, outcome, text, **more)}
    outcomes.record_outcomes(by=make.by(), meeting_id=item.meeting_id, items=values)
    meeting = Meeting.objects.get(pk=item.meeting_id)
    outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    return AgendaItem.objects.select_related("meeting__team").get(pk=item.pk)


def carried_in(team: Team) -> AgendaItem:
    """What was passed to a team, at a meeting of it that is held."""
    planned = planning.plan_meeting(
        by=make.by(), team_id=team.pk, key=uuid7(), values=make.values()
    )
    Meeting.objects.filter(pk=planned.pk).update(
        state="HELD", number=planned.pk.int % 999, year=2026
    )
    return AgendaItem.objects.get(meeting=planned)


def passed(other: Team) -> AgendaItem:
    return ended(make.held().items.get(), Outcome.PASSED_ON, passed_to=other.pk)


def said(item: AgendaItem, person: Person) -> str:
    rows = list(items_of(item.meeting))
    say_results(rows, person)
    return next(row.result_said for row in rows if row.pk == item.pk)


@pytest.mark.parametrize("outcome", [Outcome.DECIDED, Outcome.NOTED, Outcome.WITHDRAWN])
def test_its_outcome_stands_at_the_item_and_whoever_runs_the_team_is_told(
    other: Team, outcome: str
) -> None:
    officer = make_people.person("NETWORK_OFFICER")
    origin = passed(other)
    assert said(origin, make.lead()) == ""
    ended(carried_in(other), outcome, "Zapewnić dowóz.")
    words = said(origin, make.lead())
    assert words.startswith("Partnerstwo, ")
    assert words.endswith(f": {Outcome(outcome).label}. Zapewnić dowóz.")
    mails = Outgoing.objects.filter(kind="MAIL", payload__code="MATTER_ENDED")
    assert [row.payload["email"] for row in mails] == [officer.email]


def test_the_next_agenda_tells_it_once_and_again_if_that_meeting_is_called_off(
    other: Team,
) -> None:
    origin = passed(other)
    ended(carried_in(other), Outcome.DECIDED, "Zapewnić dowóz.")
    meeting = make.planned()
    line = meeting.items.get(carries=origin)
    assert (line.kind, line.title) == (
        "INFORMATION",
        f"Wynik sprawy przekazanej innemu zespołowi: {origin.title}",
    )
    assert "Zapewnić dowóz" not in line.text
    assert "Zapewnić dowóz" in said(line, make.lead())
    later = make.planned()
    assert not later.items.exclude(carries=None).exists()
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba")
    assert later.items.get(carries=origin).title == line.title


def test_put_off_there_it_comes_back_only_when_it_ends(other: Team) -> None:
    origin = passed(other)
    ended(carried_in(other), Outcome.POSTPONED)
    origin.refresh_from_db()
    assert origin.result is None
    last = ended(carried_in(other), Outcome.NOTED)
    origin.refresh_from_db()
    assert origin.result == last


def test_of_a_team_that_one_does_not_read_only_that_it_ended_is_said(
    other: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = make_people.person("NETWORK_OFFICER")
    origin = passed(other)
    ended(carried_in(other), Outcome.DECIDED, SECRET)
    shut = kinds.Kind("Partnerstwo", "§ 2 porozumienia", "Partnerstwa", is_closed=True)
    monkeypatch.setitem(kinds.KINDS, "PARTNERSHIP", shut)
    readers = ClosedTeams("PARTNERSHIP", lambda person, team: person == officer, lambda team: None)  # type: ignore[arg-type, return-value]
    asked = offers.of
    monkeypatch.setattr(
        offers, "of", lambda kind: (readers,) if kind is ClosedTeams else asked(kind)
    )
    words = said(origin, make.lead())
    assert words.startswith("Partnerstwo: sprawa zakończona ")
    assert Outcome.DECIDED.label not in words
    line = make.planned().items.get(carries=origin)
    assert said(line, make.lead()) == words
    for row in (line.title, line.text, *(str(one.payload) for one in Outgoing.objects.all())):
        assert SECRET not in row
        assert Outcome.DECIDED.label not in row


def test_a_line_that_tells_of_it_returns_nothing_of_its_own(other: Team) -> None:
    origin = passed(other)
    result = ended(carried_in(other), Outcome.NOTED)
    line = make.held().items.get(carries=origin)
    ended(line.meeting.items.exclude(pk=line.pk).get(), Outcome.NOTED)
    origin.refresh_from_db()
    assert origin.result == result
    assert AgendaItem.objects.exclude(result=None).count() == 1
