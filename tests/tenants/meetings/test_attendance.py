"""A meeting is held by its attendance, which is kept as text (REG §2.7-2.8)."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings.actions import holding
from tenants.meetings.actions.holding import Guest, Sat
from tenants.meetings.forms.attendance import AttendanceForm
from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.rules import Kept, deputy_faults, hours_fault
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.followers import follow
from tenants.people.models import Person
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


@pytest.fixture
def membership() -> Membership:
    return make_partnership.member(make_people.organisation(name="Szkoła Podstawowa nr 1"))


def form_of(meeting: Meeting, **sent: str) -> AttendanceForm:
    """The form as its page shows it, sent with some answers of its rows."""
    sheet = holding.sheet(meeting)
    shown = AttendanceForm(meeting=meeting, sheet=sheet)
    data = {name: shown[name].value() or "" for name in shown.fields}
    return AttendanceForm(data={**data, **sent}, meeting=meeting, sheet=sheet)


def seat_of(membership: Membership) -> str:
    coordinator = membership.coordinators.get()
    return str(coordinator.person.seats.get().pk)


def test_answers_to_invitations_are_proposed_and_whoever_gave_none_is_absent(
    membership: Membership,
) -> None:
    other = make_partnership.member(make_people.organisation())
    meeting = make.begun()
    rows = SeatInvitation.objects.filter(meeting=meeting)
    rows.filter(seat__organisation=membership.organisation).update(answer="NO")
    deputy = rows.get(seat__organisation=other.organisation)
    deputy.answer, deputy.deputy = "DEPUTY", "Jan Zastępczy"
    deputy.save()
    sheet = {row.organisation_id: row for row in holding.sheet(meeting)}
    assert sheet[membership.organisation_id].presence == Presence.EXCUSED
    assert sheet[other.organisation_id].presence == Presence.PRESENT
    assert sheet[other.organisation_id].deputy == "Jan Zastępczy"
    assert sheet[None].presence == Presence.ABSENT
    assert sheet[None].institution == "Ośrodek Pomocy Społecznej w Gogolinie"


def test_confirming_holds_the_meeting_and_gives_it_its_number(membership: Membership) -> None:
    meeting = make.held(Guest("Ewa Gościnna", "Sąd Rejonowy"))
    assert (meeting.state, meeting.number, meeting.year) == ("HELD", 1, meeting.day.year)
    assert Entry.objects.filter(verb="MEETING_HELD", object_id=meeting.pk).count() == 1
    kept = Attendance.objects.get(organisation=membership.organisation)
    person = membership.coordinators.get().person
    assert (kept.name, kept.institution) == (person.full_name, "Szkoła Podstawowa nr 1")
    assert (kept.function, kept.presence) == ("koordynator Partnerstwa", "PRESENT")
    assert Attendance.objects.filter(is_guest=True, meeting=meeting).count() == 1


def test_what_was_kept_stays_whatever_becomes_of_the_person(membership: Membership) -> None:
    meeting = make.held()
    was = membership.coordinators.get().person.full_name
    Person.objects.filter(full_name=was).update(full_name="Inne Nazwisko")
    membership.coordinators.update(ended_on=timezone.localdate())
    follow()
    kept = [row for row in holding.sheet(meeting) if row.seat_id and row.organisation_id]
    assert was in [row.name for row in kept]
    assert "Inne Nazwisko" not in [row.name for row in kept]


def test_a_seat_that_ended_before_or_begins_later_is_not_there(membership: Membership) -> None:
    day = timezone.localdate()
    gone, come = make_people.person(), make_people.person()
    for person, from_on, ended_on in (
        (gone, make_people.ESTABLISHED, day),
        (come, day + timedelta(days=1), None),
    ):
        PartnershipCoordinator.objects.create(
            membership=membership, person=person, from_on=from_on, ended_on=ended_on
        )
    follow()
    names = {row.name for row in holding.sheet(make.begun())}
    assert membership.coordinators.exclude(person__in=[gone, come]).get().person.full_name in names
    assert not names & {gone.full_name, come.full_name}


def test_one_who_coordinates_for_two_institutions_is_there_for_both(membership: Membership) -> None:
    person = membership.coordinators.get().person
    other = make_partnership.member(make_people.organisation())
    other.coordinators.update(person=person)
    follow()
    meeting = make.held()
    rows = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT)
    both = {membership.organisation_id, other.organisation_id}
    assert {row.organisation_id for row in rows if row.name == person.full_name} == both


def test_before_it_begins_and_unless_it_was_convened_nobody_is_present() -> None:
    with pytest.raises(Problem, match="nie zaczęło"):
        make.confirm(meeting := make.convened(), make.all_present(meeting))
    for other in (make.planned(), make.cancelled()):
        with pytest.raises(Problem, match="nie można teraz"):
            make.confirm(other, make.all_present(other))
    assert not Attendance.objects.exists()
    assert not Meeting.objects.filter(state="HELD").exists()


def test_an_email_meeting_is_held_when_it_is_over() -> None:
    meeting = make.begun(mode="EMAIL", place="")
    later = timezone.now() + timedelta(hours=1)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=later)
    meeting.ends_at = later
    with pytest.raises(Problem, match="jeszcze trwa"):
        make.confirm(meeting, make.all_present(meeting))
    assert not Attendance.objects.exists()


def test_a_correction_is_written_and_the_same_again_is_not(membership: Membership) -> None:
    meeting = make.held(Guest("Ewa Gościnna"))
    seats = make.all_present(meeting)
    with pytest.raises(AlreadySaved):
        make.confirm(meeting, seats, Guest("Ewa Gościnna"))
    seat = next(iter(seats))
    late = seats | {seat: Sat("PRESENT", came_at=time(10, 20))}
    stale = meeting.version
    meeting = make.confirm(meeting, late)
    assert Attendance.objects.get(seat=seat).hours == "od 10:20"
    assert not Attendance.objects.filter(is_guest=True).exists()
    assert Entry.objects.filter(verb="ATTENDANCE_CORRECTED").count() == 1
    meeting.version = stale
    with pytest.raises(StaleForm):
        make.confirm(meeting, seats)
    assert Attendance.objects.get(seat=seat).came_at == time(10, 20)


def test_a_past_meeting_gets_its_attendance_too(membership: Membership) -> None:
    meeting = make.past()
    meeting = make.confirm(meeting, make.all_present(meeting))
    assert (meeting.state, meeting.number) == ("HELD", 1)
    assert Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT).count() == 2


def test_only_whoever_runs_it_keeps_its_attendance(membership: Membership) -> None:
    meeting = make.begun()
    seats = make.all_present(meeting)
    person = make_people.head(membership.organisation)
    with pytest.raises(Refused):
        holding.confirm_attendance(
            by=make_people.by(person),
            meeting_id=meeting.pk,
            version=meeting.version,
            seats=seats,
            guests=[],
        )
    assert not Attendance.objects.exists()


def test_a_deputy_of_another_institution_is_refused_beside_the_field(
    membership: Membership,
) -> None:
    other = make_partnership.member(make_people.organisation())
    meeting, seat = make.begun(), seat_of(membership)
    name = other.coordinators.get().person.full_name
    sent = {f"presence-{seat}": "PRESENT", f"deputy-{seat}": name}
    form = form_of(meeting, **sent)
    assert not form.is_valid()
    assert list(form.errors) == [f"deputy-{seat}"]
    form = form_of(meeting, **sent | {f"deputy-{seat}": "Jan Zastępczy", "guests": "Ewa , Sąd\n"})
    assert form.is_valid()
    assert form.values()["guests"] == [Guest("Ewa", "Sąd")]
    assert not form_of(meeting, guests=", Sąd").is_valid()


NAMES = st.sampled_from(["", "Anna", "Jan", "Ewa", "Zofia"])
SEATS = st.lists(st.builds(Kept, st.sampled_from("ABC"), NAMES, st.booleans(), NAMES), max_size=8)


@given(SEATS)
def test_whatever_passes_a_deputy_stands_once_and_for_their_own(seats: list[Kept]) -> None:
    faults = dict(deputy_faults(dict(enumerate(seats))))
    good = [one for key, one in enumerate(seats) if one.deputy and key not in faults]
    assert len({one.deputy for one in good}) == len(good)
    for one in good:
        homes = {other.institution for other in seats if other.person == one.deputy}
        sits = [s for s in seats if s.person == one.deputy and s.is_present and not s.deputy]
        assert one.is_present
        assert not sits
        assert not homes or one.institution in homes


@pytest.mark.parametrize(
    ("deputy", "is_fine"),
    [("Anna", False), ("anna  ", False), ("Ewa", True), ("Zofia", False), ("Nikt inny", True)],
)
def test_one_who_sits_or_is_of_another_institution_stands_for_nobody(
    deputy: str, is_fine: bool
) -> None:
    seats = {
        1: Kept("A", "Anna", True),
        2: Kept("A", "Jan", True, deputy),
        3: Kept("A", "Ewa", False),
        4: Kept("B", "Zofia", False),
    }
    assert list(dict(deputy_faults(seats))) == ([] if is_fine else [2])


@given(SEATS)
def test_without_deputies_any_composition_is_valid(seats: list[Kept]) -> None:
    own = [Kept(one.institution, one.person, one.is_present) for one in seats]
    assert not dict(deputy_faults(dict(enumerate(own))))


@pytest.mark.parametrize(
    ("came", "left", "wrong"),
    [
        (time(9, 59), None, "came_at"),
        (time(10, 20), time(10, 20), "left_at"),
        (None, time(10), "left_at"),
        (time(10, 20), time(11), ""),
        (None, time(15), ""),  # it took longer than was planned
    ],
)
def test_hours_are_within_the_meeting(came: time | None, left: time | None, wrong: str) -> None:
    assert hours_fault(came, left, time(10), time(11, 30), is_present=True)[0] == wrong
    assert hours_fault(came, left, time(22), time(1), is_present=True)[0] == ""
    assert hours_fault(came, left, time(10), time(11), is_present=False)[0] != ""
