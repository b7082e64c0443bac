"""Numbers and hours taken at the same moment: no gap, none twice, one meeting at a time."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings.actions import holding, planning
from tenants.meetings.actions import minutes as acts
from tenants.meetings.actions.arrangements import arrange
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.registry import directory
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership

AT_ONCE = 4


@pytest.fixture
def gmina(fresh_database: str) -> TenantRef:
    found = directory.find("gogolin")
    assert found is not None
    with inside(found):
        make_partnership.found(found)
    return found


def at_once(gmina: TenantRef, acts: list[Callable[[], object]]) -> None:
    """All set off together; one that is refused is refused."""
    meet = threading.Barrier(len(acts))

    def come(act: Callable[[], object]) -> None:
        with inside(gmina):
            meet.wait()
            with suppress(Problem):
                act()
        connections.close_all()

    threads = [threading.Thread(target=come, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_each_arrangement_takes_the_next_one(gmina: TenantRef) -> None:
    with inside(gmina):
        meeting, seat, by = make.past(), make.seat_of(), make.by()
    values = {"text": "x", "due_on": timezone.localdate() + timedelta(days=9)}

    def act() -> None:
        arrange(by=by, meeting_id=meeting.pk, key=uuid7(), seat=seat.pk, item=None, values=values)

    at_once(gmina, [act] * AT_ONCE)
    with inside(gmina):
        numbers = Arrangement.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [*range(1, AT_ONCE + 1)]


def test_each_meeting_held_takes_the_next_one(gmina: TenantRef) -> None:
    with inside(gmina):
        by, begun = make.by(), [make.begun() for _ in range(AT_ONCE)]
        seats = [make.all_present(one) for one in begun]

    def held(meeting: Meeting, sat: dict[object, holding.Sat]) -> Callable[[], object]:
        return lambda: holding.confirm_attendance(
            by=by, meeting_id=meeting.pk, version=meeting.version, seats=sat, guests=[]
        )

    at_once(gmina, [held(*each) for each in zip(begun, seats, strict=True)])
    with inside(gmina):
        numbers = Meeting.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [*range(1, AT_ONCE + 1)]


@pytest.mark.parametrize("act", [acts.make_extract, acts.rectify])
def test_each_extract_and_each_rectification_takes_the_next_one(
    gmina: TenantRef, act: Callable[..., object]
) -> None:
    with inside(gmina):
        minutes, by = make.approved(), make.by()
    given: dict[str, object] = {"items": [1], "is_nameless": False}
    if act is acts.rectify:
        given = {"values": {"reason": "Błąd pisarski", "text": "Zamiast „x” ma być „y”."}}
    at_once(gmina, [lambda: act(by=by, minutes_id=minutes.pk, key=uuid7(), **given)] * AT_ONCE)
    with inside(gmina):
        rows = minutes.rectifications if act is acts.rectify else minutes.extracts
        assert list(rows.values_list("number", flat=True)) == [*range(1, AT_ONCE + 1)]


def test_of_sessions_that_overlap_one_is_convened(gmina: TenantRef) -> None:
    with inside(gmina):
        by, day = make.by(), timezone.localdate() + timedelta(days=21)
        planned = [make.planned(day) for _ in range(AT_ONCE)]

    def convene(meeting: Meeting) -> Callable[[], object]:
        return lambda: planning.convene(by=by, meeting_id=meeting.pk, version=meeting.version)

    at_once(gmina, [convene(one) for one in planned])
    with inside(gmina):
        convened = Meeting.objects.get(state="CONVENED")
        assert {row.meeting_id for row in SeatInvitation.objects.order_by("pk")} == {convened.pk}
