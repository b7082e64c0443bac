"""Risks, as a program of a member reads and reports them (REG §7.2)."""

from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Risk, RiskStep
from tenants.registry.roles import Role
from tests.api.conftest import Of, Program
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/risks/"


def report(partnership: TenantRef, **fields: Any) -> dict[str, Any]:
    with inside(partnership):
        team = make_meetings.pzk().pk
    return {**make.values(), "id": str(uuid7()), "team": str(team), **fields}


def test_it_is_reported_once_and_goes_to_all(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    sent = report(partnership)
    assert lead.post(path, sent).status_code == 201
    again = lead.post(path, sent)
    assert (again.status_code, again.json()["id"]) == (200, sent["id"])
    with inside(partnership):
        assert Risk.objects.get().organisation is None
        told = Outgoing.objects.filter(dedupe__startswith=f"risk:{sent['id']}:MAIL:")
        assert told.count() == 1
    listed = lead.get(path, state="OPEN").json()["results"]
    assert [(one["id"], one["text"], one["urgency"]) for one in listed] == [
        (sent["id"], sent["text"], "NOW")
    ]
    assert lead.get(path, state="CLOSED").json()["results"] == []
    assert lead.get(f"{path}{sent['id']}/").json()["queued_at"]


def test_what_cannot_be_is_refused_beside_its_field(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    wrong = (
        ("team", str(uuid7()), 422),
        ("organisation", str(uuid7()), 422),
        ("urgency", "LATER", 400),
        ("text", " ", 400),
    )
    for name, value, code in wrong:
        answer = lead.post(path, report(partnership, **{name: value}))
        assert answer.status_code == code
        assert name in str(answer.json()["errors"])
    with inside(partnership):
        assert not Risk.objects.exists()


def test_steps_are_read_and_added(partnership: TenantRef, lead: Program, path: str) -> None:
    sent = report(partnership)
    lead.post(path, sent)
    at = f"{path}{sent['id']}/steps/"
    step = {"id": str(uuid7()), "text": "Dzwonimy do operatora"}
    for _ in range(2):
        assert lead.post(at, step).json()["text"] == step["text"]
    assert [one["kind"] for one in lead.get(at).json()["results"]] == ["OPEN", "ADDED"]
    with inside(partnership):
        assert RiskStep.objects.count() == 2


def test_whoever_has_no_seat_reads_and_adds_nothing(
    partnership: TenantRef, program_of: Of, path: str
) -> None:
    worker, sent = program_of(partnership, Role.SOCIAL_WORKER), report(partnership)
    with inside(partnership):
        row = make.risk()
    assert worker.get(f"{path}{row.pk}/").status_code == 200
    assert worker.post(path, sent).status_code == 403
    assert worker.post(f"{path}{row.pk}/steps/", {"text": "x"}).status_code == 403
    with inside(partnership):
        assert (Risk.objects.count(), RiskStep.objects.count()) == (1, 1)


def test_a_step_sent_by_the_id_of_another_reports_step_tells_nothing_of_it(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    first, second = report(partnership), report(partnership)
    step = {"id": str(uuid7()), "text": "Dzwonimy do operatora"}
    for sent in (first, second):
        lead.post(path, sent)
    lead.post(f"{path}{first['id']}/steps/", step)
    answer = lead.post(f"{path}{second['id']}/steps/", {**step, "text": "Co tam jest"})
    assert answer.status_code == 422
    assert "operatora" not in answer.content.decode()
    with inside(partnership):
        assert RiskStep.objects.filter(risk=second["id"]).count() == 1
