"""Arrangements are made, carried over, reported and passed on (REG §2; POR §2.3.3)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing, Reminded
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings.actions import arrangements as acts
from tenants.meetings.arranged import in_minutes
from tenants.meetings.indicators import arrangements_in_time
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.papers import minutes_context
from tenants.meetings.tasks import remind_in_one
from tenants.meetings.today import arrangement_days, arrangements_wait
from tenants.meetings.workflow import ArrangementState
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        make.lead()
        yield


@pytest.fixture
def member() -> Membership:
    """An institution whose coordinator has a role and a seat."""
    member = make_partnership.member(make_people.organisation())
    RoleAssignment.objects.create(
        person=member.coordinators.get().person,
        role=Role.PARTNER_COORDINATOR,
        organisation=member.organisation,
        from_on=member.from_on,
        granted_by="test",
    )
    return member


def voice_of(member: Membership) -> Person:
    return Person.objects.get(pk=member.coordinators.get().person_id)


def given_to(member: Membership, days: int = 30) -> Arrangement:
    return make.arrangement(seat=make.seat_of(member.organisation), days=days)


def done(row: Arrangement, person: Person | None = None, days_ago: int = 0) -> Arrangement:
    by = make_people.by(person) if person else make.by()
    day = timezone.localdate() - timedelta(days=days_ago)
    return acts.report_done(by=by, arrangement_id=row.pk, version=row.version, done_on=day)


def passed(row: Arrangement, member: Membership) -> Arrangement:
    return acts.pass_on(
        by=make.by(),
        arrangement_id=row.pk,
        key=uuid7(),
        version=row.version,
        seat=make.seat_of(member.organisation).pk,
        due_on=timezone.localdate() + timedelta(days=10),
    )


def told() -> int:
    return Outgoing.objects.filter(payload__code__startswith="ARRANGEMENT").count()


def waits_for(person: Person) -> list[str]:
    fresh = Person.objects.get(pk=person.pk)
    return [one.title for one in arrangements_wait(fresh, timezone.localdate())]


def test_numbers_follow_each_other_and_its_owner_hears_of_it(member: Membership) -> None:
    first, second = make.arrangement(make.past()), given_to(member)
    assert [(one.number, one.year) for one in (first, second)] == [
        (1, first.made_on.year),
        (2, second.made_on.year),
    ]
    mails = Outgoing.objects.filter(payload__code="ARRANGEMENT_MADE")
    assert mails.exists()
    assert "listę kontaktów" not in str(list(mails.values_list("payload", flat=True)))


def test_it_is_made_once_after_a_meeting_and_before_its_minutes_are_approved() -> None:
    meeting, key = make.past(), uuid7()
    given = {"meeting_id": meeting.pk, "key": key, "seat": make.seat_of().pk, "item": None}
    values = {"text": "x", "due_on": timezone.localdate()}
    acts.arrange(by=make.by(), values=values, **given)
    with pytest.raises(AlreadySaved):
        acts.arrange(by=make.by(), values=values, **given)
    for other in (make.planned(), make.approved().meeting):
        with pytest.raises(Problem):
            make.arrangement(other)
    with pytest.raises(ValidationError, match="wcześniej"):
        make.arrangement(meeting, days=-60)
    assert Arrangement.objects.count() == 1


def test_its_owner_the_voice_of_its_institution_and_the_chair_close_it(member: Membership) -> None:
    other = make_partnership.member(make_people.organisation())
    stranger = make_people.head(other.organisation)
    row = given_to(member)
    with pytest.raises(Refused):
        done(row, stranger)
    assert Arrangement.objects.get().state == ArrangementState.OPEN
    row = done(row, voice_of(member))
    assert (row.state, row.closed_on) == (ArrangementState.DONE, timezone.localdate())
    with pytest.raises(Problem):
        acts.report_not_done(
            by=make.by(), arrangement_id=row.pk, version=row.version, reason="Brak czasu"
        )
    assert done(make.arrangement(), days_ago=3).state == ArrangementState.DONE


def test_a_day_before_it_was_made_or_to_come_and_a_stale_form_close_nothing() -> None:
    row = make.arrangement()
    for days_ago in (-1, 60):
        with pytest.raises(ValidationError):
            done(row, days_ago=days_ago)
    with pytest.raises(StaleForm):
        acts.report_not_done(
            by=make.by(), arrangement_id=row.pk, version=row.version + 1, reason="Brak czasu"
        )
    assert Arrangement.objects.get().is_open


def test_passed_on_it_goes_on_under_a_new_number(member: Membership) -> None:
    row = make.arrangement()
    new = passed(row, member)
    row.refresh_from_db()
    assert (row.state, row.passed_to, new.text) == (ArrangementState.PASSED_ON, new, row.text)
    assert (new.owner, new.is_open) == (str(member.organisation), True)
    with pytest.raises(ValidationError, match="tego wykonawcę"):
        passed(new, member)
    with pytest.raises(Problem):
        passed(row, member)
    assert Arrangement.objects.count() == 2


def test_it_stands_on_the_next_agenda_until_closed_and_can_be_left_out_once() -> None:
    row = make.arrangement()
    first = make.planned()
    second = make.planned(timezone.localdate() + timedelta(days=60))

    def on(meeting: object) -> list[Arrangement]:
        return list(Arrangement.objects.to_check_at(meeting))  # type: ignore[arg-type]

    assert on(first) == on(second) == [row]
    for _ in range(2):  # twice is once
        acts.skip_once(by=make.by(), meeting_id=first.pk, arrangement_id=row.pk, skip=True)
    assert (on(first), on(second)) == ([], [row])
    acts.skip_once(by=make.by(), meeting_id=first.pk, arrangement_id=row.pk, skip=False)
    assert on(first) == [row]
    done(row)
    assert on(first) == on(second) == []
    assert on(row.meeting) == []


def test_whose_owner_left_it_goes_back_to_the_chair(member: Membership) -> None:
    person = voice_of(member)
    row = make.arrangement(seat=make.seat_of(member.organisation, person))
    assert waits_for(person) == [
        f"Wykonaj ustalenie nr {row.number}/{row.year} Partnerskiego Zespołu Kooperacyjnego"
    ]
    assert waits_for(make.lead()) == []
    member.coordinators.update(ended_on=timezone.localdate())
    follow()
    assert waits_for(person) == []
    assert [one[:15] for one in waits_for(make.lead())] == ["Wskaż wykonawcę"]
    assert Arrangement.objects.whole(timezone.localdate()).get().shown_owner == "bez wykonawcy"
    assert Arrangement.objects.get().owner.endswith(str(person))


def test_it_waits_for_the_voice_and_its_day_is_in_the_calendar_of_the_chair(
    member: Membership,
) -> None:
    row, today = given_to(member), timezone.localdate()
    assert len(waits_for(voice_of(member))) == 1
    assert waits_for(make.lead()) == []
    assert [one.about for one in arrangement_days(make.lead(), today)] == [row.pk]
    assert list(arrangement_days(voice_of(member), today)) == []
    done(row)
    assert waits_for(voice_of(member)) == []


@pytest.mark.parametrize(
    ("days", "more"), [(20, False), (7, True), (0, True), (-1, True), (-15, False)]
)
def test_it_is_reminded_of_once_while_it_is_open(
    member: Membership, partnership: TenantRef, days: int, more: bool
) -> None:
    given_to(member, days=days)
    before = told()
    remind_in_one(str(partnership.id))
    after = told()
    assert (after > before) is more
    remind_in_one(str(partnership.id))
    assert told() == after


def test_it_is_not_reminded_of_once_it_is_done(member: Membership) -> None:
    row = given_to(member, days=2)
    (key,) = acts.to_remind(timezone.localdate())
    done(row)
    before = told()
    acts.remind(arrangement_id=key, day=timezone.localdate())
    assert told() == before
    assert not Reminded.objects.exists()


def test_minutes_list_what_is_new_and_what_became_of_the_old(member: Membership) -> None:
    today = timezone.localdate()
    old = make.arrangement(make.past(today - timedelta(days=90)))
    minutes = make.minutes(make.past(today - timedelta(days=10)))
    new = make.arrangement(minutes.meeting, seat=make.seat_of(member.organisation))
    replaced = passed(old, member)
    context = minutes_context(minutes)
    assert [one["number"] for one in context["arrangements"]] == [f"{new.number}/{new.year}"]
    assert context["arrangements"][0]["owner"] == str(member.organisation)
    states = [one["state"] for one in context["earlier"]]
    assert any(f"nr {replaced.number}/{replaced.year}" in state for state in states)
    assert (
        in_minutes(minutes, today - timedelta(days=1))[1][0]
        .state_on(today - timedelta(days=1))
        .startswith("do wykonania")
    )


def test_the_indicator_tells_in_time_from_late(member: Membership) -> None:
    meeting, today = make.past(), timezone.localdate()
    for days, days_ago in ((-5, 6), (-5, 1), (-5, None), (5, None)):
        row = make.arrangement(meeting, days=days)
        if days_ago is not None:
            done(row, days_ago=days_ago)
    assert arrangements_in_time(today) == {"IN_TIME": 1, "LATE": 1, "NOT_DONE": 1}
    assert arrangements_in_time(today - timedelta(days=2)) == {
        "IN_TIME": 1,
        "LATE": 0,
        "NOT_DONE": 2,
    }


def test_the_list_says_who_is_late_and_begins_with_them(partnership: TenantRef) -> None:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    with inside(partnership):
        meeting = make.past()
        soon, late, over = (make.arrangement(meeting, days=days) for days in (5, 1, 2))
        for row, day in ((late, 3), (over, 4)):
            due = timezone.localdate() - timedelta(days=day)
            Arrangement.objects.filter(pk=row.pk).update(due_on=due)
        done(Arrangement.objects.get(pk=over.pk))
    page = text_of(browser.get(f"{partnership.prefix}/spotkania/ustalenia/"))
    table = page[page.index("<tbody") :]
    assert table.count("po terminie") == 1
    assert table.index("po terminie (3 dni)") < table.index(f"nr {soon.serial}")
    assert table.index(f"nr {soon.serial}") < table.index(f"nr {over.serial}")
