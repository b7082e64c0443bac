"""Attendance corrected after a decision takes the voices of the absent with it (REG §2.7)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings import text
from tenants.meetings.actions import deciding, holding, outcomes
from tenants.meetings.actions.deciding import Said
from tenants.meetings.actions.holding import Sat
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.forms.attendance import AttendanceForm
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.decisions import Decision, Voice, items_of
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.models.minutes import MinutesText
from tenants.partnership.models import Membership
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


@pytest.fixture
def members() -> list[Membership]:
    return [
        make_partnership.member(make_people.organisation(name=name)) for name in ("Bank", "Szkoła")
    ]


@pytest.fixture
def item(members: list[Membership]) -> AgendaItem:
    """Decided by the Lider alone for it, Szkoła for it, and Bank against it."""
    item = make.held().items.get()
    said = {None: Said("YES"), members[0].organisation_id: Said("NO", "Brak środków")}
    return decide(item, said | {members[1].organisation_id: Said("YES")})


def decide(item: AgendaItem, said: dict[Any, Said], way: str = "MAJORITY") -> AgendaItem:
    return deciding.decide(
        by=make.by(), item_id=item.pk, version=item.version, way=way, text="Dyżury.", said=said
    )


def correct(item: AgendaItem, *absent: Membership, strike: bool = True) -> Meeting:
    """Save the attendance again, now without these institutions."""
    meeting = Meeting.objects.get(pk=item.meeting_id)
    gone = {one.organisation_id for one in absent}
    seats: dict[Any, Sat] = {
        row.seat_id: Sat("ABSENT" if row.organisation_id in gone else row.presence)
        for row in holding.sheet(meeting)
    }
    return holding.confirm_attendance(
        by=make.by(),
        meeting_id=meeting.pk,
        version=meeting.version,
        seats=seats,
        guests=[],
        strike=strike,
    )


def test_a_correction_names_the_decisions_it_touches_and_changes_nothing_unasked(
    item: AgendaItem, members: list[Membership]
) -> None:
    before = list(Attendance.objects.order_by("pk").values("pk", "presence"))
    with pytest.raises(ValidationError, match=r"punkt 1\. „Potrzeby seniorów” \(Szkoła\)"):
        correct(item, members[1], strike=False)
    assert list(Attendance.objects.order_by("pk").values("pk", "presence")) == before
    assert not Voice.objects.filter(is_struck=True).exists()


def test_voices_of_the_absent_are_void_and_the_result_is_counted_anew(
    item: AgendaItem, members: list[Membership]
) -> None:
    assert item.outcome == Outcome.DECIDED
    officer = make_people.person("NETWORK_OFFICER")
    correct(item, members[1])
    decision = Decision.objects.get(item=item)
    assert (decision.result, decision.result_before) == ("NOT_PASSED", "PASSED")  # one to one
    assert Voice.objects.get(is_struck=True).institution == "Szkoła"
    item.refresh_from_db()
    assert (item.outcome, item.outcome_text) == ("", "")
    entry = Entry.objects.get(verb="VOICES_STRUCK")
    assert entry.data == {"item": 1, "voices": 1, "result": ["PASSED", "NOT_PASSED"]}
    told = Outgoing.objects.filter(kind="MAIL", payload__code="DECISION_RECOUNTED")
    assert [row.payload["email"] for row in told] == [officer.email]


def test_an_objection_that_falls_away_lets_the_others_decide(
    item: AgendaItem, members: list[Membership]
) -> None:
    said = {None: Said("YES"), members[0].organisation_id: Said("NO", "Brak środków")}
    item = decide(item, said, "AGREEMENT")
    assert item.outcome == ""
    correct(item, members[0])
    item.refresh_from_db()
    assert (item.outcome, item.outcome_text) == ("DECIDED", "Dyżury.")


def test_what_the_minute_taker_wrote_of_an_item_stays(
    item: AgendaItem, members: list[Membership]
) -> None:
    item = decide(item, {None: Said("YES"), members[0].organisation_id: Said("NO")})
    ended = {item.pk: Ended(item.version, Outcome.POSTPONED)}
    outcomes.record_outcomes(by=make.by(), meeting_id=item.meeting_id, items=ended)
    correct(item, members[0])
    item.refresh_from_db()
    assert (Decision.objects.get().result, item.outcome) == ("PASSED", "POSTPONED")


def test_one_of_two_sent_by_an_institution_keeps_its_voice(members: list[Membership]) -> None:
    make_partnership.PartnershipCoordinator.objects.create(
        membership=members[0], person=make_people.person(), from_on=members[0].from_on
    )
    item = make.decided(make.held().items.get())
    one = item.meeting.attendance.filter(organisation=members[0].organisation).first()
    assert one is not None
    seats = {row.seat_id: Sat(row.presence) for row in item.meeting.attendance.all()}
    make.confirm(item.meeting, seats | {one.seat_id: Sat("ABSENT")})
    assert not Voice.objects.filter(is_struck=True).exists()
    assert Attendance.objects.get(pk=one.pk).presence == "ABSENT"


def test_the_systems_text_says_it_and_an_edited_one_stays(
    item: AgendaItem, members: list[Membership]
) -> None:
    correct(item, members[1])
    words = text.written(items_of(item.meeting).get())
    assert "Głosy nieważne, bo po poprawieniu listy obecności" in words
    assert "wcześniej: przyjęto." in words
    assert "Szkoła" not in words.split("Głosy nieważne")[0]
    minutes = make.minutes(Meeting.objects.get(pk=item.meeting_id))
    MinutesText.objects.create(minutes=minutes, item=item, text="Spisano ręcznie.")
    assert [one for _, one, _ in text.texts_of(minutes)] == ["Spisano ręcznie."]


def test_the_page_warns_of_edited_text(partnership: TenantRef, item: AgendaItem) -> None:
    szkola = Membership.objects.get(organisation__name="Szkoła")
    minutes = make.minutes(Meeting.objects.get(pk=item.meeting_id))
    MinutesText.objects.create(minutes=minutes, item=item, text="Spisano ręcznie.")
    browser, _ = make_people.signed_in(partnership, "LEAD")
    at = f"{partnership.prefix}/spotkania/protokoly/{minutes.pk}/"
    warning = "wynik decyzji w\u00a0tym punkcie jest inny"
    assert warning not in browser.get(at).content.decode()
    with inside(partnership):
        correct(item, szkola)
    shown = browser.get(at).content.decode()
    assert warning in shown
    assert "Spisano ręcznie." in shown


def test_the_form_asks_once_and_only_where_a_voice_is_touched(
    item: AgendaItem, members: list[Membership]
) -> None:
    meeting = Meeting.objects.get(pk=item.meeting_id)
    seat = meeting.attendance.get(organisation=members[1].organisation).seat_id
    sheet = holding.sheet(meeting)
    shown = AttendanceForm(meeting=meeting, sheet=sheet)
    same = {name: shown[name].value() or "" for name in shown.fields}
    assert AttendanceForm(data=same, meeting=meeting, sheet=sheet).is_valid()
    changed = {**same, f"presence-{seat}": "ABSENT"}
    asked = AttendanceForm(data=changed, meeting=meeting, sheet=sheet)
    assert list(asked.errors) == ["strike"]
    words = (
        "Wpisano nieobecność instytucji, która ma zapisany głos: punkt 1. „Potrzeby seniorów” "
        "(Szkoła). Zaznacz, że ten głos jest nieważny, albo popraw obecność."
    )
    assert asked.errors["strike"] == [words]
    page = asked.render().replace("\N{NO-BREAK SPACE}", " ")
    assert f'<a href="#id_strike">{words}</a>' in page
    assert "Ten głos jest nieważny; policz wynik decyzji jeszcze raz" in page
    assert "Sprawdź, zanim zapiszesz" in page
    told = AttendanceForm(data={**changed, "strike": "on"}, meeting=meeting, sheet=sheet)
    assert told.is_valid()
    assert told.values()["strike"]


def test_a_voice_written_again_replaces_the_void_one(
    item: AgendaItem, members: list[Membership]
) -> None:
    correct(item, members[1])
    item.refresh_from_db()
    decide(item, {None: Said("YES")})
    assert Voice.objects.get(is_struck=True).institution == "Szkoła"  # it stays written
    seats = {row.seat_id: Sat("PRESENT") for row in item.meeting.attendance.all()}
    make.confirm(Meeting.objects.get(pk=item.meeting_id), seats)
    item.refresh_from_db()
    decide(item, {None: Said("YES"), members[1].organisation_id: Said("YES")})
    assert not Voice.objects.filter(is_struck=True).exists()


def test_once_the_minutes_are_approved_only_a_rectification_helps() -> None:
    meeting = make.approved().meeting
    seats = {row.seat_id: Sat("ABSENT") for row in meeting.attendance.all()}
    with pytest.raises(Problem) as told:
        make.confirm(meeting, seats)
    assert "sprostowanie" in told.value.explanation
    assert not Attendance.objects.filter(presence="ABSENT").exists()
