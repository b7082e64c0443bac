"""Action plans, as a program of a member reads them, notes progress and proposes (REG §2.10)."""

from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import ActivityProposal, ProgressNote
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.api.conftest import Of, Program
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def at(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/"


def member(partnership: TenantRef) -> Organisation:
    with inside(partnership):
        of = make_people.organisation()
        make_partnership.member(of)
        make_meetings.pzk()
        return of


def note(**fields: Any) -> dict[str, Any]:
    plain = {"id": str(uuid7()), "version": 0, "state": "UNDER_WAY", "value": 12, "text": "Trwa"}
    return {**plain, "on": timezone.localdate().isoformat(), **fields}


def test_plans_are_read_with_their_activities(
    partnership: TenantRef, lead: Program, at: str
) -> None:
    of = member(partnership)
    with inside(partnership):
        plan = make.adopted(make.draft(owner=of))
        make.draft(*make.year(2031))
    listed = lead.get(f"{at}plans/", state="ADOPTED").json()["results"]
    assert [(one["id"], one["number"]) for one in listed] == [(str(plan.pk), 1)]
    assert lead.get(f"{at}plans/{plan.pk}/").json()["from_on"] == plan.from_on.isoformat()
    (row,) = lead.get(f"{at}plans/{plan.pk}/activities/").json()["results"]
    assert (row["serial"], row["organisation_name"], row["state"]) == ("1.1", of.name, "NOT_BEGUN")


def test_progress_is_noted_once_and_a_late_form_is_refused(
    partnership: TenantRef, lead: Program, at: str
) -> None:
    with inside(partnership):
        row = make.only(make.adopted())
    path, sent = f"{at}activities/{row.pk}/progress/", note()
    for _ in range(2):
        assert lead.post(path, sent).json()["value"] == 12
    assert lead.post(path, note()).status_code == 409
    assert lead.post(path, note(version=1, state="GIVEN_UP", text="")).status_code == 422
    assert [one["text"] for one in lead.get(path).json()["results"]] == ["Trwa"]
    with inside(partnership):
        assert ProgressNote.objects.count() == 1


def test_an_institution_proposes_for_a_draft_and_for_itself_alone(
    partnership: TenantRef, program_of: Of, at: str
) -> None:
    of, other = member(partnership), member(partnership)
    with inside(partnership):
        plan = make.draft()
    head = program_of(partnership, Role.PARTNER_HEAD, organisation=of)
    sent = {"id": str(uuid7()), "organisation": str(of.pk), "text": "Dyżur prawnika"}
    path = f"{at}plans/{plan.pk}/proposals/"
    for _ in range(2):
        assert head.post(path, sent).status_code == 201
    stranger = {**sent, "id": str(uuid7()), "organisation": str(other.pk)}
    assert head.post(path, stranger).status_code == 422
    worker = program_of(partnership, Role.SOCIAL_WORKER)
    assert worker.post(path, sent).status_code == 403
    assert [one["text"] for one in worker.get(path).json()["results"]] == ["Dyżur prawnika"]
    with inside(partnership):
        assert ActivityProposal.objects.get().organisation_id == of.pk


def test_a_proposal_sent_by_the_id_of_another_plans_tells_nothing_of_it(
    partnership: TenantRef, program_of: Of, at: str
) -> None:
    of = member(partnership)
    with inside(partnership):
        plans = [make.draft(), make.draft(*make.year(2031))]
    head = program_of(partnership, Role.PARTNER_HEAD, organisation=of)
    sent = {"id": str(uuid7()), "organisation": str(of.pk), "text": "Dyżur prawnika"}
    assert head.post(f"{at}plans/{plans[0].pk}/proposals/", sent).status_code == 201
    answer = head.post(f"{at}plans/{plans[1].pk}/proposals/", {**sent, "text": "Co tam jest"})
    assert answer.status_code == 422
    assert "prawnika" not in answer.content.decode()
