"""Delegates and sittings as the region counts them (POR-C §2)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from uuid6 import uuid7

from powiat.pzk import indicators
from powiat.pzk.models import AskedDelegation
from tenants.meetings import today
from tenants.meetings.actions import past as entering
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import county
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.powiat.pzk.conftest import County

TODAY = timezone.localdate()


def test_requests_are_counted_by_what_became_of_them(school: County) -> None:
    county.named(school.asked(), school.by_head)
    county.refused(school.asked(), school.by_head)
    county.withdrawn(school.asked(), school.gmina)
    school.asked()
    assert indicators.asked_by_answer(TODAY) == {
        "NAMED": 1,
        "REFUSED": 1,
        "NOBODY": 1,
        "WAITING": 1,
    }
    assert indicators.asked_by_answer(TODAY - timedelta(days=1)) == {}


@pytest.mark.parametrize(("days", "bucket"), [(7, "WEEK"), (8, "FORTNIGHT"), (15, "LONGER")])
def test_a_county_stands_by_its_median(school: County, days: int, bucket: str) -> None:
    assert indicators.days_to_answer(TODAY) == {}
    county.named(school.asked(), school.by_head)
    AskedDelegation.objects.update(asked_on=TODAY - timedelta(days=days))
    assert indicators.days_to_answer(TODAY) == {bucket: 1}


def team_of(school: County) -> Team:
    return Team.objects.get(rests_on=school.agreement.pk)


def met(team: Team, day: date) -> None:
    entering.enter_meeting(
        by=make_meetings.by(),
        team_id=team.pk,
        key=uuid7(),
        values=make_meetings.values(day),
        reason="Odbyło się, zanim powiat zaczął korzystać z platformy.",
        upload=None,
    )


def test_sittings_are_those_of_the_county_team_in_the_calendar_quarter(school: County) -> None:
    team = team_of(school)
    with time_machine.travel(datetime(2026, 5, 12, 10, tzinfo=UTC), tick=False):
        for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 11)):
            met(team, day)
        make_meetings.past(date(2026, 4, 20))  # of another team
    assert indicators.sittings_of_quarter(date(2026, 3, 31)) == {"HELD": 1}
    assert indicators.sittings_of_quarter(date(2026, 4, 30)) == {"HELD": 1}
    assert indicators.sittings_of_quarter(date(2026, 6, 30)) == {"HELD": 2}
    assert indicators.sittings_of_quarter(date(2026, 7, 1)) == {}


def test_a_quarter_without_a_sitting_is_told_to_whoever_runs_the_county_team(
    school: County,
) -> None:
    team = team_of(school)
    with time_machine.travel(datetime(2026, 5, 12, 10, tzinfo=UTC), tick=False):
        lead = make_people.person(Role.LEAD)
        words = "Zwołaj spotkanie Powiatowego Zespołu Kooperacji"

        def due(day: date) -> list[tuple[date | None, bool]]:
            asked = [one for one in today.meetings_due(lead, day) if one.title == words]
            assert {one.clause for one in asked} <= {"§ 2 ust. 2 porozumienia"}
            return [(one.due, one.is_overdue) for one in asked]

        met(team, date(2026, 3, 2))
        assert due(date(2026, 5, 12)) == []
        assert due(date(2026, 6, 20)) == [(date(2026, 6, 30), False)]
        assert due(date(2026, 7, 1)) == [(date(2026, 6, 30), True)]
        met(team, date(2026, 5, 11))
        assert due(date(2026, 6, 20)) == []
