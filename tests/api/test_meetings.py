"""Meetings, as a program of a tenant reads them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.models.meetings import Meeting
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import KINDS, PZK, ZZK
from tenants.teams.models import Team
from tests.api.conftest import Of
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.offering import offer
from tests.tenants.meetings.test_closed import KEY


def test_meetings_are_listed_and_one_says_where_it_is(
    partnership: TenantRef, program_of: Of
) -> None:
    program, path = program_of(partnership), f"tenants/{partnership.code}/meetings/"
    with inside(partnership):
        planned, past = make.planned(), make.past()
    answer = program.get(path).json()
    assert [row["id"] for row in answer["results"]] == [str(planned.pk), str(past.pk)]
    assert answer["results"][1]["number"] == 1
    assert "place" not in answer["results"][0]
    chosen = program.get(path + "?state=HELD").json()
    assert [row["id"] for row in chosen["results"]] == [str(past.pk)]
    assert program.get(f"{path}{planned.pk}/").json()["place"] == planned.place


def test_one_says_what_was_decided_and_what_is_common_beside_the_objections(
    partnership: TenantRef, program_of: Of
) -> None:
    program, path = program_of(partnership), f"tenants/{partnership.code}/meetings/"
    with inside(partnership):
        item = make.unagreed(make.held().items.get())
        title = item.title
    [read] = program.get(f"{path}{item.meeting_id}/").json()["items"]
    assert (read["title"], read["outcome"]) == (title, "")
    assert read["decision"]["result"] == "NOT_PASSED"
    assert read["decision"]["common_position"] == "Dyżury są potrzebne."
    [voice] = read["decision"]["voices"]
    assert (voice["choice"], voice["reason"]) == ("NO", "Brak środków")
    with inside(partnership):
        planned = make.planned(timezone.localdate() + timedelta(days=60))
        make.item(planned)
    items = program.get(f"{path}{planned.pk}/").json()["items"]
    assert [one["decision"] for one in items] == [None] * len(items)


def test_voices_are_named_only_where_the_kind_says_so(
    partnership: TenantRef, program_of: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = program_of(partnership)
    with inside(partnership):
        meeting = make.unagreed(make.held().items.get()).meeting_id
    monkeypatch.setitem(KINDS, PZK, replace(KINDS[PZK], lists_voices=False))
    [read] = program.get(f"tenants/{partnership.code}/meetings/{meeting}/").json()["items"]
    assert read["decision"]["voices"] == []
    assert "przeciw (sprzeciw): 1" in read["decision"]["counts"]
    assert read["decision"]["objections"] == ["Brak środków"]


def test_what_a_closed_team_does_is_not_there(
    partnership: TenantRef, program_of: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, ClosedTeams(ZZK, lambda person, team: False, lambda team: KEY))
    program, path = program_of(partnership), f"tenants/{partnership.code}/meetings/"
    with inside(partnership):
        pzk = make.pzk()
        team = Team.objects.create(
            kind=ZZK, rests_on_kind="test", rests_on=pzk.pk, from_on=make_people.ESTABLISHED
        )
        day = timezone.localdate() + timedelta(days=7)
        meeting = Meeting.objects.create(team=team, **make.values(day))
    assert program.get(path).json()["results"] == []
    assert program.get(f"{path}{meeting.pk}/").status_code == 404
