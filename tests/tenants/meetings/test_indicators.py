"""Minutes and attendance as the region counts them (REG §2.7, §2.9)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import indicators
from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.people.models import Organisation, Sector
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

TODAY = date(2026, 5, 12)


@pytest.fixture(autouse=True)
def _now(in_partnership: TenantRef) -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 12, 10, tzinfo=UTC), tick=False):
        yield


def member(sector: Sector) -> Organisation:
    organisation = make_people.organisation(name=f"Instytucja {sector}", sector=sector)
    make_partnership.member(organisation)
    return organisation


def approved_after(days: int, day: date) -> Meeting:
    """A meeting whose minutes were approved so many days after it."""
    meeting = make.past(day)
    Minutes.objects.create(
        meeting=meeting,
        state="APPROVED",
        approved_on=date.fromordinal(day.toordinal() + days),
        chair="Zmyślona",
        taker="Zmyślona",
    )
    return meeting


def test_meetings_of_twelve_months_are_counted_by_their_minutes() -> None:
    approved_after(9, date(2026, 3, 2))
    make.past(date(2026, 4, 2))
    make.past(date(2025, 6, 1))
    approved_after(9, date(2025, 5, 31))  # eleven months and more before

    assert indicators.minutes_approved(TODAY) == {"APPROVED": 1, "WAITING": 2}
    assert indicators.minutes_approved(date(2026, 3, 5)) == {"APPROVED": 1, "WAITING": 2}


def test_a_unit_counts_once_by_the_median_of_its_days() -> None:
    assert indicators.days_to_approval(TODAY) == {}
    for month, days in ((1, 3), (2, 14), (3, 40)):
        approved_after(days, date(2026, month, 2))
    assert indicators.days_to_approval(TODAY) == {"FORTNIGHT": 1}
    approved_after(5, date(2026, 5, 4))
    assert indicators.days_to_approval(TODAY) == {"FORTNIGHT": 1}
    assert indicators.days_to_approval(date(2026, 1, 31)) == {"WEEK": 1}


def test_an_institution_is_counted_once_a_meeting_in_its_sector() -> None:
    school, police = member(Sector.EDUCATION), member(Sector.SAFETY)
    meeting = make.past(date(2026, 3, 2))
    for of, presence in (
        (school, Presence.PRESENT),
        (school, Presence.ABSENT),
        (police, Presence.EXCUSED),
        (None, Presence.PRESENT),
    ):
        Attendance.objects.create(meeting=meeting, organisation=of, presence=presence)
    Attendance.objects.create(
        meeting=meeting, organisation=police, presence=Presence.PRESENT, is_guest=True
    )
    assert indicators.present_by_sector(TODAY) == {"EDUCATION": 1}
    assert indicators.absent_by_sector(TODAY) == {"SAFETY": 1}
    assert indicators.absent_by_sector(date(2026, 3, 1)) == {}


def test_what_closed_teams_do_is_not_counted() -> None:
    school = member(Sector.EDUCATION)
    meeting = approved_after(9, date(2026, 3, 2))
    Attendance.objects.create(meeting=meeting, organisation=school, presence=Presence.PRESENT)
    Team.objects.filter(pk=meeting.team_id).update(kind=ZZK)

    assert indicators.minutes_approved(TODAY) == {"APPROVED": 0, "WAITING": 0}
    assert indicators.days_to_approval(TODAY) == {}
    assert indicators.present_by_sector(TODAY) == {}


def test_confirming_attendance_and_approving_minutes_ask_for_the_figures() -> None:
    def asked() -> set[str]:
        rows = Outgoing.objects.filter(kind="FIGURES").values_list("payload", flat=True)
        return {table for payload in rows for table in payload["tables"]}

    make.confirm(meeting := make.begun(), make.all_present(meeting))
    assert "meetings_attendance" in asked()
    assert "meetings_minutes" not in asked()
    make.approved()
    assert "meetings_minutes" in asked()
