"""Guests are proposed, consented to by the regulation's rule, and told of this one meeting (REG §2.8)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings.actions import guests, holding, planning
from tenants.meetings.actions.recipients import forget_addresses
from tenants.meetings.consent import propose_until
from tenants.meetings.forms.attendance import AttendanceForm
from tenants.meetings.models.guests import GuestInvitation, GuestVoice
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.tasks import close_in_one
from tenants.meetings.today import guests_wait
from tenants.partnership.models import Membership
from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def member() -> Membership:
    return make_partnership.voiced_member(name="Szkoła")


@pytest.fixture
def coordinator(member: Membership) -> Person:
    return member.coordinators.get().person


@pytest.fixture
def meeting(member: Membership) -> Meeting:
    return make.convened()


@pytest.fixture
def rule() -> Callable[[str], None]:
    def to(way: str, days: int = 3) -> None:
        RegulationVersion.objects.update(guest_consent=way, guest_days=days)
        make.pzk()

    return to


def codes(to: str = "") -> list[str]:
    sent = Outgoing.objects.filter(kind="MAIL", payload__code__startswith="GUEST").order_by("id")
    return [row.payload["code"] for row in sent if not to or row.payload["email"] == to]


def answer(
    guest: GuestInvitation, person: Person, of: Any, choice: str, reason: str = ""
) -> GuestInvitation:
    return guests.answer(
        by=make_people.by(person),
        guest_id=guest.pk,
        institution=of and of.pk,
        choice=choice,
        reason=reason,
    )


def closed(guest: GuestInvitation) -> str:
    """The state of a proposal once its last day is over."""
    guests.close(guest_id=guest.pk, day=guest.answer_until + timedelta(days=1))
    return state(guest)


def state(guest: GuestInvitation) -> str:
    return GuestInvitation.objects.get(pk=guest.pk).state


GUEST = "gabriela@gosc.example"


def test_where_silence_is_consent_the_guest_is_invited_once_the_time_is_over(
    meeting: Meeting,
) -> None:
    guest = make.guest(meeting)
    assert (codes(GUEST), "GUEST_PROPOSED" in codes()) == ([], True)
    guests.close(guest_id=guest.pk, day=guest.answer_until)
    assert state(guest) == "PENDING"
    assert closed(guest) == "CONSENTED"
    assert codes(GUEST) == ["GUEST_INVITED"]
    assert closed(guest) == "CONSENTED"
    assert codes(GUEST) == ["GUEST_INVITED"]


def test_a_guest_with_an_objection_is_not_invited_and_who_proposed_hears_of_it(
    meeting: Meeting, member: Membership, coordinator: Person
) -> None:
    guest = make.guest(meeting)
    with pytest.raises(ValidationError):
        answer(guest, coordinator, member.organisation, "NO")
    assert not guest.voices.filter(choice="NO").exists()
    answer(guest, coordinator, member.organisation, "NO", "Sprawa sporna z tą instytucją")
    assert state(guest) == "REFUSED"
    assert closed(guest) == "REFUSED"
    assert codes(GUEST) == []
    assert codes()[-1] == "GUEST_REFUSED"
    assert "sporna" not in str(list(Outgoing.objects.values_list("payload", flat=True)))


def test_it_is_decided_before_the_last_day_when_everybody_has_spoken(
    meeting: Meeting, member: Membership, coordinator: Person
) -> None:
    guest = make.guest(meeting)  # the Lider's own consent comes with the proposal
    answer(guest, coordinator, member.organisation, "YES")
    assert state(guest) == "CONSENTED"


@pytest.mark.parametrize(
    ("way", "first", "second", "at_the_end"),
    [
        ("MAJORITY", "PENDING", "CONSENTED", "REFUSED"),
        ("ALL", "PENDING", "PENDING", "REFUSED"),
    ],
)
def test_where_consent_is_asked_for_kooperanci_give_it_and_silence_is_none(
    rule: Callable[[str], None], way: str, first: str, second: str, at_the_end: str
) -> None:
    others = [make_partnership.voiced_member() for _ in range(3)]
    rule(way)
    guest = make.guest(make.convened())
    states = []
    for other in others[:2]:
        answer(guest, other.coordinators.get().person, other.organisation, "YES")
        states.append(state(guest))
    assert states == [first, second]
    silent = make.guest(guest.meeting, name="Inna Osoba")
    assert silent.answer_until == silent.meeting.day - timedelta(days=1)
    assert closed(silent) == at_the_end


def test_a_member_who_proposes_consents_for_the_own_institution(
    rule: Callable[[str], None], meeting: Meeting, coordinator: Person
) -> None:
    rule("ALL")
    guest = make.guest(meeting, coordinator)
    assert state(guest) == "CONSENTED"
    assert [voice.organisation.name for voice in guest.voices.all()] == ["Szkoła"]


def test_no_proposal_once_the_days_for_an_objection_would_run_into_the_meeting(
    meeting: Meeting, rule: Callable[..., None]
) -> None:
    last = propose_until("NO_OBJECTION", 40, meeting.day)
    rule("NO_OBJECTION", 40)
    with pytest.raises(Problem, match="nie wystarczy już czasu") as refused:
        make.guest(meeting)
    assert f"{last.day}\N{NO-BREAK SPACE}" in refused.value.explanation
    assert not GuestInvitation.objects.exists()
    with pytest.raises(Problem, match="nie można już zaprosić"):
        make.guest(make.planned())
    with pytest.raises(Problem, match="nie można już zaprosić"):
        make.guest(make.begun(DAY + timedelta(days=70)))


def test_nobody_without_a_seat_proposes_and_nobody_answers_for_another(
    meeting: Meeting, member: Membership, coordinator: Person
) -> None:
    other = make_partnership.voiced_member()
    for stranger in (make_people.person("SOCIAL_WORKER"), make_people.person("DPO")):
        with pytest.raises(Refused):
            make.guest(meeting, stranger)
    guest = make.guest(meeting)
    with pytest.raises(Refused):
        answer(guest, make_people.person("DPO"), None, "NO", "x")
    for person, of in ((coordinator, other.organisation), (coordinator, None)):
        with pytest.raises(ValidationError):
            answer(guest, person, of, "NO", "x")
    with pytest.raises(Refused):
        guests.withdraw(by=make_people.by(coordinator), guest_id=guest.pk, version=guest.version)
    assert (state(guest), guest.voices.count()) == ("PENDING", 1)


def test_a_right_that_ended_answers_no_more_and_its_voice_does_not_count(
    rule: Callable[[str], None], member: Membership, coordinator: Person
) -> None:
    others = [make_partnership.voiced_member() for _ in range(3)]
    rule("MAJORITY")
    guest = make.guest(make.convened(), coordinator)
    answer(guest, others[0].coordinators.get().person, others[0].organisation, "YES")
    Membership.objects.filter(pk=member.pk).update(ended_on=DAY)
    make.pzk()
    with pytest.raises(Refused):
        answer(guest, coordinator, member.organisation, "NO", "x")
    answer(guest, others[1].coordinators.get().person, others[1].organisation, "NO", "x")
    assert closed(guest) == "REFUSED"  # one of three; with the one who left it was two of four


def test_one_is_proposed_once_and_a_form_sent_twice_is_one_proposal(meeting: Meeting) -> None:
    guest = make.guest(meeting)
    with pytest.raises(Problem, match="już zaproponowano"):
        make.guest(meeting, name="gabriela  Gościnna")
    with pytest.raises(AlreadySaved):
        guests.propose(
            by=make.by(),
            meeting_id=meeting.pk,
            key=guest.pk,
            items=[],
            values={"capacity": "GUEST", "name": "X", "email": "", "reason": "x"},
        )
    assert GuestInvitation.objects.count() == 1


def test_what_asks_for_an_answer_is_on_the_first_page_until_it_is_given(
    meeting: Meeting, member: Membership, coordinator: Person
) -> None:
    other = make_partnership.voiced_member()
    make.pzk()
    guest = make.guest(meeting)
    assert [one.due for one in guests_wait(coordinator, DAY)] == [guest.answer_until]
    assert list(guests_wait(make.lead(), DAY)) == []
    inbox(guest)
    answer(guest, coordinator, member.organisation, "YES")
    assert list(guests_wait(coordinator, DAY)) == []
    [done] = Outgoing.objects.filter(kind="INBOX_DONE")
    assert str(coordinator.pk) in done.dedupe
    guests.withdraw(by=make.by(), guest_id=guest.pk, version=guest.version)
    assert list(guests_wait(other.coordinators.get().person, DAY)) == []
    assert Outgoing.objects.filter(kind="INBOX_DONE").count() == 2


def inbox(guest: GuestInvitation) -> None:
    """Let the messages about a proposal be of accounts."""
    for row in Outgoing.objects.filter(dedupe__startswith=f"meeting-guest:{guest.pk}"):
        row.kind, row.dedupe = "INBOX", row.dedupe.replace(":MAIL:", ":INBOX:")
        row.save(update_fields=["kind", "dedupe"])


def test_a_withdrawn_proposal_is_answered_no_more_and_nobody_is_invited(
    meeting: Meeting, member: Membership, coordinator: Person
) -> None:
    guest = make.guest(meeting)
    with pytest.raises(StaleForm):
        guests.withdraw(by=make.by(), guest_id=guest.pk, version=7)
    guests.withdraw(by=make.by(), guest_id=guest.pk, version=guest.version)
    with pytest.raises(Problem, match="nie można już odpowiedzieć"):
        answer(guest, coordinator, member.organisation, "YES")
    assert (closed(guest), codes(GUEST)) == ("WITHDRAWN", [])


def consented(meeting: Meeting, **fields: Any) -> GuestInvitation:
    guest = make.guest(meeting, **fields)
    assert closed(guest) == "CONSENTED"
    return GuestInvitation.objects.select_related("meeting__team").get(pk=guest.pk)


def event_to_guest() -> icalendar.Event:
    row = Outgoing.objects.filter(kind="MAIL", payload__email=GUEST).order_by("-id")[0]
    calendar = icalendar.Calendar.from_ical(row.payload["calendar"]["text"])
    return calendar.walk("VEVENT")[0], row.payload["calendar"]["method"]


def test_the_guest_hears_of_a_move_and_of_the_end_of_the_meeting(meeting: Meeting) -> None:
    consented(meeting)
    first, method = event_to_guest()
    assert (method, int(first["SEQUENCE"])) == ("REQUEST", 0)
    moved = move(meeting, meeting.day + timedelta(days=2))
    second, method = event_to_guest()
    assert (method, int(second["SEQUENCE"])) == ("REQUEST", 1)
    assert first["UID"] == second["UID"] != f"{meeting.pk}@kooperacja.example"
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=moved.version, reason="Choroba")
    assert event_to_guest()[1] == "CANCEL"
    assert codes(GUEST) == ["GUEST_INVITED", "GUEST_MOVED", "GUEST_CANCELLED"]


def move(meeting: Meeting, day: date) -> Meeting:
    return planning.edit_meeting(
        by=make.by(), meeting_id=meeting.pk, version=meeting.version, values=make.values(day)
    )


def test_a_move_that_leaves_no_time_refuses_and_a_cancelled_meeting_asks_no_more(
    meeting: Meeting,
) -> None:
    guest = make.guest(meeting)
    move(meeting, guest.answer_until)
    assert state(guest) == "REFUSED"
    other = make.convened()
    waiting = make.guest(other)
    planning.cancel(by=make.by(), meeting_id=other.pk, version=other.version, reason="Choroba")
    assert state(waiting) == "WITHDRAWN"
    assert codes(GUEST) == []


def test_a_later_day_leaves_more_time_where_consent_is_asked_for(
    meeting: Meeting, rule: Callable[[str], None]
) -> None:
    rule("ALL")
    guest = make.guest(meeting)
    day = meeting.day + timedelta(days=7)
    move(meeting, day)
    guest.refresh_from_db()
    assert (guest.state, guest.answer_until) == ("PENDING", day - timedelta(days=1))


def test_a_guest_without_an_address_is_told_by_who_proposed(meeting: Meeting) -> None:
    consented(meeting, email="")
    assert codes()[-1] == "GUEST_CONSENTED"
    told = Outgoing.objects.filter(kind="MAIL").order_by("-id")[0]
    assert "Zawiadom ją" in told.payload["text"]
    assert "GUEST_INVITED" not in codes()


def test_the_attendance_proposes_those_who_were_invited_and_they_have_no_voice(
    meeting: Meeting,
) -> None:
    consented(meeting)
    make.guest(meeting, name="Nikt Zgodzony")
    form = AttendanceForm(meeting=meeting, sheet=holding.sheet(meeting))
    assert form.initial["guests"] == "Gabriela Gościnna, Sąd Rejonowy w Przykładowie"
    held = make.held(day=DAY + timedelta(days=60))
    assert not any(row.is_guest for row in holding.sheet(held))


def test_the_journal_and_the_table_name_nobody(meeting: Meeting) -> None:
    guest = consented(meeting)
    entries = Entry.objects.filter(object_id=guest.pk)
    assert [one.verb for one in entries.order_by("pk")] == ["GUEST_PROPOSED", "GUEST_CONSENTED"]
    assert "Gabriela" not in str([vars(one) for one in entries])


def test_the_night_closes_what_is_over_and_forgets_addresses_a_month_later(
    meeting: Meeting, in_partnership: TenantRef
) -> None:
    guest = make.guest(meeting)
    yesterday = DAY - timedelta(days=1)
    GuestInvitation.objects.filter(pk=guest.pk).update(answer_until=yesterday)
    close_in_one(str(in_partnership.id))
    assert state(guest) == "CONSENTED"
    forget_addresses(day=meeting.day + timedelta(days=30))
    assert GuestInvitation.objects.get().email == GUEST
    forget_addresses(day=meeting.day + timedelta(days=32))
    assert (GuestInvitation.objects.get().email, GuestVoice.objects.count()) == (None, 1)
