"""The duty to meet, as people and the region see it (REG §2.3)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import indicators, today
from tenants.meetings.duty import duties
from tenants.meetings.models.meetings import Meeting
from tenants.people.calendar import days_of
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams.kinds import ZZK
from tenants.teams.models import Team, Terms
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import HOME

TODAY = date(2026, 5, 12)
LIST = f"{HOME}spotkania/"


@pytest.fixture(autouse=True)
def _now(in_partnership: TenantRef) -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 12, 10, tzinfo=UTC), tick=False):
        Terms.objects.update(meetings_count=1, meetings_period="QUARTER")
        yield


def due_of(person: Person, day: date = TODAY) -> list[tuple[str, date | None, bool]]:
    return [(one.title, one.due, one.is_overdue) for one in today.meetings_due(person, day)]


def days(person: Person) -> list[tuple[str, date | None, str]]:
    return [(one.title, one.due, one.matter) for one in today.meeting_days(person, TODAY)]


def test_a_team_that_never_met_is_overdue_for_whoever_runs_it_alone() -> None:
    lead, officer = make.lead(), make_people.person(Role.NETWORK_OFFICER)
    other = make_people.person(Role.TENANT_ADMIN)
    asked = ("Zwołaj spotkanie Partnerskiego Zespołu Kooperacyjnego", date(2024, 3, 31), True)
    assert due_of(lead) == due_of(officer) == [asked]
    assert due_of(other) == []


def test_one_is_warned_before_the_last_day_and_not_once_it_is_convened() -> None:
    make.past(date(2026, 3, 2))
    lead = make.lead()
    assert due_of(lead) == []
    ((_, due, is_overdue),) = due_of(lead, date(2026, 6, 5))
    assert (due, is_overdue) == (date(2026, 6, 30), False)
    make.convened(date(2026, 6, 20))
    assert due_of(lead, date(2026, 6, 5)) == []


def test_the_task_leads_to_a_meeting_in_preparation() -> None:
    lead = make.lead()
    (task,) = today.meetings_due(lead, TODAY)
    assert task.href == f"{LIST}nowe/{make.pzk().pk}/"
    meeting = make.planned()
    (task,) = today.meetings_due(lead, TODAY)
    assert task.href == meeting.url


@pytest.mark.parametrize(("counts", "overdue"), [(False, date(2024, 4, 1)), (True, None)])
def test_an_e_mail_session_counts_only_where_the_regulation_says_so(
    counts: bool, overdue: date | None
) -> None:
    make.past(date(2026, 3, 2), mode="EMAIL", place="")
    Terms.objects.update(email_is_meeting=counts)
    (duty,) = duties(Team.objects.all())
    assert duty.standing(TODAY).overdue_since == overdue


def test_meetings_that_are_convened_stand_in_everybodys_calendar() -> None:
    member = make_partnership.member(make_people.organisation())
    person = make_people.head(member.organisation)
    meeting = make.convened(date(2026, 6, 20))
    make.planned(date(2026, 6, 10))
    make.cancelled()
    title = "Spotkanie Partnerskiego Zespołu Kooperacyjnego, godz. 10:00–11:30"
    assert days(person) == [(title, meeting.day, "Spotkanie zespołu")]
    assert title in [one.title for one in days_of(person, TODAY)]
    assert days(make_people.person()) == []


def test_the_list_tells_until_when_a_team_must_meet(keeper: Client, partnership: TenantRef) -> None:
    assert "Po terminie od 1 kwietnia 2024" in _text(keeper)
    with inside(partnership):
        make.past(date(2026, 3, 2))
    page = _text(keeper)
    assert "Następne spotkanie najpóźniej do 30 czerwca 2026" in page
    assert "Po terminie" not in page
    with inside(partnership):
        make.convened(date(2026, 6, 20))
    assert "Zwołano spotkanie: 20 czerwca 2026" in _text(keeper)


def _text(client: Client) -> str:
    words = strip_tags(client.get(LIST).content.decode()).replace("\u00a0", " ")
    return " ".join(words.split())


def test_the_region_counts_meetings_held_of_those_required() -> None:
    make.past(date(2025, 8, 4))
    make.past(date(2025, 8, 5))  # above what is asked for
    make.past(date(2026, 3, 2))
    assert indicators.meetings_kept(TODAY) == {"HELD": 2, "MISSING": 2}
    assert indicators.teams_in_time(TODAY) == {"IN_TIME": 1}
    assert indicators.teams_in_time(date(2026, 2, 1)) == {"OVERDUE": 1}


def test_no_figure_where_nothing_is_asked_or_the_team_has_ended() -> None:
    Team.objects.update(ended_on=TODAY)
    assert indicators.teams_in_time(TODAY) == {}
    Terms.objects.all().delete()
    assert indicators.meetings_kept(TODAY) == {"HELD": 0, "MISSING": 0}


def test_closed_teams_are_in_no_figure_and_no_task_of_others() -> None:
    make.past(date(2026, 3, 2))
    pzk = make.pzk()
    before = indicators.meetings_kept(TODAY)
    closed = Team.objects.create(
        kind=ZZK, rests_on_kind="test", rests_on=pzk.pk, from_on=make_people.ESTABLISHED
    )
    terms = Terms.objects.get()
    terms.pk, terms.team, terms._state.adding = make.uuid7(), closed, True
    terms.save()
    assert indicators.meetings_kept(TODAY) == before
    assert indicators.teams_in_time(TODAY) == {"IN_TIME": 1}
    assert due_of(make.lead()) == []


def test_a_meeting_that_was_held_asks_for_the_figures() -> None:
    make.past(timezone.localdate() - timedelta(days=3))
    payload = Outgoing.objects.get(kind="FIGURES").payload
    assert payload == {"tables": [Meeting._meta.db_table]}
