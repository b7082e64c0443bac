"""Arrangements and attendance, as a program of a tenant reads and reports them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.meetings import Meeting
from tenants.registry.roles import Role
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.api.conftest import Of, Program
from tests.factories import meetings as make
from tests.offering import offer
from tests.tenants.meetings.test_closed import KEY

TODAY = timezone.localdate


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/"


def arranged(tenant: TenantRef, days: int = 30) -> Arrangement:
    with inside(tenant):
        return make.arrangement(make.past(TODAY() - timedelta(days=days)))


def ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer.json()["results"]]


def test_arrangements_are_listed_by_state_and_day(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    row = arranged(partnership)
    at = f"{path}arrangements/"
    listed = lead.get(at).json()["results"]
    assert [(one["id"], one["text"], one["state"]) for one in listed] == [
        (str(row.pk), row.text, "OPEN")
    ]
    assert ids(lead.get(at, state="DONE")) == []
    assert ids(lead.get(at, due_to=row.due_on.isoformat())) == [str(row.pk)]
    assert ids(lead.get(at, due_to=TODAY().isoformat())) == []
    assert lead.get(f"{at}{row.pk}/").json()["number"] == 1


def test_it_is_reported_done_once(partnership: TenantRef, lead: Program, path: str) -> None:
    row = arranged(partnership)
    at, day = f"{path}arrangements/{row.pk}/done/", TODAY().isoformat()
    sent = {"version": row.version, "done_on": day}
    for _ in range(2):  # the same again changes nothing
        answer = lead.post(at, sent)
        assert answer.status_code == 200
        assert (answer.json()["state"], answer.json()["closed_on"]) == ("DONE", day)
    other = f"{path}arrangements/{row.pk}/not-done/"
    assert lead.post(other, {"version": 1, "reason": "Brak sali"}).status_code == 409
    with inside(partnership):
        assert Arrangement.objects.get().state == "DONE"


def test_what_was_changed_meanwhile_or_can_not_be_is_refused(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    row = arranged(partnership)
    at = f"{path}arrangements/{row.pk}/"
    late = {"version": row.version + 1, "reason": "Brak sali"}
    assert lead.post(at + "not-done/", late).status_code == 409
    ahead = (TODAY() + timedelta(days=1)).isoformat()
    answer = lead.post(at + "done/", {"version": row.version, "done_on": ahead})
    assert answer.status_code == 422
    assert "done_on" in str(answer.json())
    with inside(partnership):
        assert Arrangement.objects.get().state == "OPEN"


def test_whoever_may_not_report_it_changes_nothing(
    partnership: TenantRef, program_of: Of, path: str
) -> None:
    row = arranged(partnership)
    worker = program_of(partnership, Role.SOCIAL_WORKER)
    sent = {"version": row.version, "reason": "Brak sali"}
    assert worker.post(f"{path}arrangements/{row.pk}/not-done/", sent).status_code == 403
    with inside(partnership):
        assert Arrangement.objects.get().state == "OPEN"


def test_attendance_is_read_under_its_meeting(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    with inside(partnership):
        meeting = make.closed()
        names = set(Attendance.objects.values_list("pk", flat=True))
    rows = lead.get(f"{path}meetings/{meeting.pk}/attendance/").json()["results"]
    assert len(rows) == len(names) > 0
    assert {row["presence"] for row in rows} == {"PRESENT"}
    assert rows[0]["institution"] == "Lider"


def test_a_closed_teams_arrangements_and_attendance_are_not_there(
    partnership: TenantRef, lead: Program, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = arranged(partnership)
    offer(monkeypatch, ClosedTeams(ZZK, lambda person, team: False, lambda team: KEY))
    with inside(partnership):
        Team.objects.filter(pk=row.team_id).update(kind=ZZK)
        assert Meeting.objects.get().team_id == row.team_id
    assert ids(lead.get(f"{path}arrangements/")) == []
    assert lead.get(f"{path}arrangements/{row.pk}/").status_code == 404
    sent = {"version": row.version, "done_on": TODAY().isoformat()}
    assert lead.post(f"{path}arrangements/{row.pk}/done/", sent).status_code == 404
    assert lead.get(f"{path}meetings/{row.meeting_id}/attendance/").status_code == 404
