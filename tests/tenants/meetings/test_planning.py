"""A meeting is prepared, convened, moved and cancelled (REG §2.1-2.6)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings import perms, times
from tenants.meetings.actions import agenda, minutes, planning
from tenants.meetings.actions.arrangements import arrange
from tenants.meetings.attached import with_papers
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.workflow import MeetingState
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


def convene(meeting: Meeting) -> Meeting:
    return planning.convene(by=make.by(), meeting_id=meeting.pk, version=meeting.version)


def test_everybody_who_has_a_seat_is_invited_and_an_institution_without_anybody_too() -> None:
    sent = make_partnership.member(make_people.organisation(email="biuro@jeden.example"))
    vacant = make_partnership.member(make_people.organisation(email="biuro@dwa.example"))
    vacant.coordinators.update(ended_on=timezone.localdate())
    meeting = convene(make.planned())
    invited = {
        (row.seat.organisation_id, row.seat.person_id)
        for row in SeatInvitation.objects.filter(meeting=meeting).select_related("seat")
    }
    coordinator = sent.coordinators.get().person_id
    assert (sent.organisation_id, coordinator) in invited
    assert (vacant.organisation_id, None) in invited
    mails = [row.payload for row in Outgoing.objects.filter(kind="MAIL")]
    assert "biuro@dwa.example" in {one["email"] for one in mails}


def test_convening_twice_invites_once() -> None:
    make_partnership.member(make_people.organisation())
    meeting = convene(make.planned())
    before = (SeatInvitation.objects.count(), Outgoing.objects.count())
    with pytest.raises(Problem):
        convene(Meeting.objects.get(pk=meeting.pk))
    assert (SeatInvitation.objects.count(), Outgoing.objects.count()) == before


def test_nobody_else_knows_of_it_before_it_is_convened(partnership: TenantRef) -> None:
    member = make_partnership.member(make_people.organisation())
    partner, _ = make_people.signed_in(
        partnership, Role.PARTNER_COORDINATOR, organisation=member.organisation
    )
    meeting = make.planned()
    at = f"{partnership.prefix}/spotkania/"

    def known() -> tuple[int, bool]:
        listed = partner.get(at).content.decode()
        return partner.get(f"{at}{meeting.pk}/").status_code, str(meeting.pk) in listed

    assert known() == (404, False)
    with inside(partnership):
        convene(meeting)
    assert known() == (200, True)


def test_the_past_is_not_convened() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError):
        make.planned(yesterday)
    meeting = make.planned()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Problem, match="już minął"):
        convene(meeting)
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PLANNED


def test_a_meeting_needs_an_agenda() -> None:
    meeting = make.planned()
    agenda.remove_item(by=make.by(), item_id=meeting.items.get().pk)
    with pytest.raises(Problem, match="porządku obrad"):
        convene(meeting)
    assert not SeatInvitation.objects.exists()


def test_a_team_meets_once_at_a_time() -> None:
    first = make.convened()
    second = make.planned(first.day)
    with pytest.raises(Problem, match="ma już zwołane spotkanie"):
        convene(second)
    assert Meeting.objects.get(pk=second.pk).state == MeetingState.PLANNED


def test_a_round_by_email_takes_nobodys_hour() -> None:
    first = make.convened()
    both = times.whole_days(first.day, first.day)
    day = {"starts_at": both[0], "ends_at": both[1], "place": ""}
    assert convene(make.planned(first.day, mode="EMAIL", **day)).state == MeetingState.CONVENED


def test_of_one_given_up_before_it_was_convened_nobody_hears() -> None:
    member = make_partnership.member(make_people.organisation())
    partner = make_people.head(member.organisation)
    meeting = make.planned()
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=0, reason="Niepotrzebne")
    called_off = make.cancelled()
    assert set(Meeting.objects.read_by(partner)) == {called_off}
    assert not perms.see_meeting(partner, Meeting.objects.get(pk=meeting.pk))
    assert set(Meeting.objects.read_by(make.lead())) == {meeting, called_off}


def test_who_was_invited_hears_of_another_time_and_not_of_a_reason() -> None:
    make_partnership.member(make_people.organisation(email="biuro@jeden.example"))
    meeting = make.convened()
    before = Outgoing.objects.count()
    later = make.values(meeting.day + timedelta(days=1))
    meeting = planning.edit_meeting(
        by=make.by(), meeting_id=meeting.pk, version=meeting.version, values=later
    )
    assert meeting.sequence == 1
    assert Outgoing.objects.count() > before
    told = Outgoing.objects.count()
    meeting = planning.edit_meeting(
        by=make.by(),
        meeting_id=meeting.pk,
        version=meeting.version,
        values=later | {"place_reason": "Remont"},
    )
    assert (meeting.sequence, Outgoing.objects.count()) == (1, told)


def test_two_who_change_at_once_lose_nothing() -> None:
    meeting = make.planned()
    planning.edit_meeting(
        by=make.by(),
        meeting_id=meeting.pk,
        version=meeting.version,
        values=make.values(place="Sala nr 2"),
    )
    with pytest.raises(StaleForm):
        planning.edit_meeting(
            by=make.by(),
            meeting_id=meeting.pk,
            version=meeting.version,
            values=make.values(place="Sala nr 3"),
        )
    assert Meeting.objects.get(pk=meeting.pk).place == "Sala nr 2"


def test_cancelling_tells_whoever_was_invited_and_keeps_the_reason() -> None:
    make_partnership.member(make_people.organisation(email="biuro@jeden.example"))
    meeting = make.cancelled()
    assert meeting.reason == "Choroba prowadzącej"
    assert Entry.objects.filter(verb="MEETING_CANCELLED", object_id=meeting.pk).exists()
    assert "Choroba" not in str(list(Outgoing.objects.values_list("payload", flat=True)))
    with pytest.raises(Problem):
        planning.cancel(by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="x")


def test_only_the_lead_convenes() -> None:
    meeting = make.planned()
    partner = make_people.head(make_partnership.member(make_people.organisation()).organisation)
    for person in (partner, make_people.person("TENANT_ADMIN")):
        with pytest.raises(Refused):
            planning.convene(
                by=make_people.by(person), meeting_id=meeting.pk, version=meeting.version
            )
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PLANNED


def test_a_form_sent_twice_plans_one_meeting() -> None:
    key, team = uuid7(), make.pzk()
    planning.plan_meeting(by=make.by(), team_id=team.pk, key=key, values=make.values())
    with pytest.raises(AlreadySaved):
        planning.plan_meeting(by=make.by(), team_id=team.pk, key=key, values=make.values())
    assert Meeting.objects.count() == 1


def test_a_meeting_of_the_past_is_entered_without_inviting_anybody() -> None:
    make_partnership.member(make_people.organisation(email="biuro@jeden.example"))
    meeting = make.past()
    assert (meeting.state, meeting.number, meeting.year) == ("HELD", 1, meeting.day.year)
    assert not SeatInvitation.objects.exists()
    # Only the region's figures are asked for.
    assert set(Outgoing.objects.values_list("kind", flat=True)) == {"FIGURES"}
    assert make.past().number == 2
    assert mail.outbox == []


@pytest.mark.parametrize("day", [date(2023, 12, 31), timezone.localdate() + timedelta(days=1)])
def test_what_is_not_over_or_before_the_team_is_no_past_meeting(day: date) -> None:
    with pytest.raises(ValidationError):
        make.past(day)
    assert not Meeting.objects.exists()


def test_items_keep_their_order_when_one_is_moved_or_removed() -> None:
    meeting = make.planned()
    first = meeting.items.get()
    second, third = make.item(meeting, "Drugi"), make.item(meeting, "Trzeci")
    agenda.move_item(by=make.by(), item_id=third.pk, earlier=True)
    agenda.move_item(by=make.by(), item_id=first.pk, earlier=True)  # nothing stands before it
    agenda.remove_item(by=make.by(), item_id=second.pk)
    assert [(one.position, one.title) for one in meeting.items.all()] == [
        (1, first.title),
        (2, "Trzeci"),
    ]


def test_an_item_of_which_something_came_is_not_removed() -> None:
    meeting = make.held()
    arranged, written = meeting.items.get(), make.item(meeting, "Drugi")
    due = {"text": "Zadanie", "due_on": meeting.day + timedelta(days=9)}
    seat, key, by = make.seat_of().pk, uuid7(), make.by()
    arrange(by=by, meeting_id=meeting.pk, key=key, seat=seat, item=arranged.pk, values=due)
    draft = make.minutes(meeting)
    minutes.edit_text(by=by, minutes_id=draft.pk, item_id=written.pk, version=0, words="Tekst")
    for item in (arranged, written):
        with pytest.raises(Problem, match="nie można usunąć"):
            agenda.remove_item(by=by, item_id=item.pk)
    assert meeting.items.count() == 2


def test_an_item_says_its_hour_as_far_as_those_before_it_say_how_long_they_take() -> None:
    meeting = make.planned()
    for title, lasts in (("Dyżury", None), ("Wolne wnioski", 10)):
        make.item(meeting, title, minutes=lasts)
    hours = [item.about for item in with_papers([*meeting.items.all()], make.lead())]
    assert hours == ["Dyskusja, godz. 10:00, 20 min", "Dyskusja, godz. 10:20", "Dyskusja, 10 min"]
    [item] = with_papers([*make.convened(mode="EMAIL", place="").items.all()], make.lead())
    assert item.about == "Dyskusja, 20 min"


def test_a_meeting_ends_on_the_next_day_when_it_ends_earlier_by_the_clock() -> None:
    starts, ends = times.span(date(2026, 3, 3), time(22), time(1))
    assert ends - starts == timedelta(hours=3)


def test_on_the_night_without_an_hour_it_is_refused_and_on_the_other_taken_as_the_first() -> None:
    with pytest.raises(ValidationError, match="Tej godziny"):
        times.moment(date(2026, 3, 29), time(2, 30))
    twice = times.moment(date(2026, 10, 25), time(2, 30))
    assert twice == datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW, fold=0)
    assert twice.utcoffset() == timedelta(hours=2)


def test_what_a_meeting_says_is_sealed_in_the_database() -> None:
    from django.db import connection

    meeting = make.planned(place="Zmyślona 7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM meetings_meeting WHERE id = %s", [meeting.pk])
        (held,) = cursor.fetchone()
    assert "Zmyślona".encode() not in bytes(held)
    assert Meeting.objects.get(pk=meeting.pk).place == "Zmyślona 7"
