"""Official notes, as a program of a member writes and signs them (REG §6.1 s.2-3)."""

from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Note
from tenants.meetings.models.arrangements import Arrangement
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.api.conftest import Of, Program
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate().isoformat()


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/notes/"


def note(partnership: TenantRef, **fields: Any) -> dict[str, Any]:
    with inside(partnership):
        team = make_meetings.pzk()
        seat = (
            Seat.objects.on(timezone.localdate())
            .filter(team=team)
            .exclude(person=None)
            .order_by("pk")
            .first()
        )
    return {
        **make.said().values,
        "held_on": DAY,
        "id": str(uuid7()),
        "team": str(team.pk),
        "members": [str(seat.pk)],
        "tasks": [{"text": "Zadzwonić", "seat": str(seat.pk), "due_on": DAY}],
        **fields,
    }


def test_a_draft_is_made_once_and_signing_sends_it_to_all(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    sent = note(partnership)
    assert lead.post(path, sent).status_code == 201
    again = lead.post(path, sent)
    assert (again.status_code, again.json()["number"]) == (200, None)
    signing = f"{path}{sent['id']}/sign/"
    assert lead.post(signing, {"version": 7}).status_code == 409
    for _ in range(2):
        signed = lead.post(signing, {"version": 0})
        assert (signed.status_code, signed.json()["number"]) == (200, 1)
    assert signed.json()["members"] == sent["members"]
    with inside(partnership):
        made = Arrangement.objects.get()
        told = Outgoing.objects.filter(dedupe__startswith=f"note:{sent['id']}:MAIL:")
        assert told.count() == 1
    assert [one["arrangement"] for one in signed.json()["tasks"]] == [str(made.pk)]
    assert [one["id"] for one in lead.get(path, state="SIGNED").json()["results"]] == [sent["id"]]


def test_a_draft_is_looked_at_for_personal_data_when_it_is_signed(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    sent = note(partnership, content="Byłem u rodziny Kowalskich.", guard_reason="Zmyślona")
    assert lead.post(path, sent).status_code == 201
    signing = f"{path}{sent['id']}/sign/"
    held = lead.post(signing, {"version": 0})
    assert (held.status_code, "Treść rozmowy: „rodziny Kowalskich”" in held.text) == (422, True)
    with inside(partnership):
        assert Note.objects.get().state == "DRAFT"
    signed = lead.post(signing, {"version": 0, "guard_reason": "Zmyślona"})
    assert (signed.status_code, signed.json()["state"]) == (200, "SIGNED")


def test_the_draft_of_another_is_not_there(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    with inside(partnership):
        of = make_partnership.member(make_people.organisation()).organisation
        row = make.note(of)
    assert lead.get(path).json()["results"] == []
    assert lead.get(f"{path}{row.pk}/").status_code == 404
    assert lead.post(f"{path}{row.pk}/sign/", {"version": 0}).status_code == 404
    with inside(partnership):
        assert Note.objects.get().state == "DRAFT"


def test_a_note_sent_by_the_id_of_anothers_draft_tells_nothing_of_it(
    partnership: TenantRef, lead: Program, path: str
) -> None:
    with inside(partnership):
        of = make_partnership.member(make_people.organisation()).organisation
        row = make.note(of, subject="Ferie zimowe")
    answer = lead.post(path, note(partnership, id=str(row.pk)))
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (422, "id")
    assert "Ferie" not in answer.content.decode()
    with inside(partnership):
        assert [one.subject for one in Note.objects.all()] == ["Ferie zimowe"]


def test_what_cannot_be_is_refused(
    partnership: TenantRef, lead: Program, program_of: Of, path: str
) -> None:
    wrong: tuple[tuple[str, Any, int], ...] = (
        ("team", str(uuid7()), 422),
        ("organisation", str(uuid7()), 422),
        ("members", [str(uuid7())], 422),
        ("held_on", "2199-01-01", 422),
        ("content", " ", 400),
        ("channel", "PIGEON", 400),
    )
    for name, value, code in wrong:
        answer = lead.post(path, note(partnership, **{name: value}))
        assert (answer.status_code, name in str(answer.json())) == (code, True)
    worker = program_of(partnership, Role.SOCIAL_WORKER)
    assert worker.post(path, note(partnership)).status_code == 403
    with inside(partnership):
        assert not Note.objects.exists()
