"""Progress is noted by whoever does it, kept, reminded of and shown (REG §2.10)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.dialogue import found, today
from tenants.dialogue.actions import plan_progress as acts
from tenants.dialogue.indicators import plan as indicators
from tenants.dialogue.models import ActionPlan, PlanActivity, ProgressNote
from tenants.people.models import Organisation, Person, RoleAssignment
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


@pytest.fixture
def owner() -> Organisation:
    of = make_people.organisation()
    make_partnership.member(of)
    return of


def of_owner(owner: Organisation, days: int = 30) -> PlanActivity:
    """The activity of an institution in a plan in force, whose term ends in so many days."""
    first, last = TODAY() - timedelta(days=100), TODAY() + timedelta(days=200)
    plan = make.begun(first, last)
    make.activity(make.goal(plan), owner, until_on=TODAY() + timedelta(days=days))
    make.adopted(plan)
    return make.only(plan)


def titles(rows: Any) -> list[str]:
    return [one.title for one in rows]


def state_of(row: PlanActivity) -> str:
    return PlanActivity.objects.select_related("undertaking").get(pk=row.pk).undertaking.state


def test_its_owner_and_the_lider_note_progress_and_all_of_it_is_kept(owner: Organisation) -> None:
    row, head = of_owner(owner), make_people.head(owner)
    make.progress(row, "UNDER_WAY", head, value=10)
    make.progress(row, "UNDER_WAY", head, value=20)
    make.progress(row, "DONE", text="Zakończono")
    notes = list(ProgressNote.objects.filter(undertaking=row.undertaking_id))
    assert [(one.state, one.value) for one in notes] == [
        ("DONE", None),
        ("UNDER_WAY", 20),
        ("UNDER_WAY", 10),
    ]
    assert notes[-1].who == head.full_name
    assert state_of(row) == "DONE"
    make.progress(row, "UNDER_WAY", text="Jednak nie")
    assert PlanActivity.objects.get(pk=row.pk).undertaking.ended_on is None


def test_others_and_those_whose_role_has_ended_note_nothing(owner: Organisation) -> None:
    row, head = of_owner(owner), make_people.head(owner)
    other = make_people.organisation()
    make_partnership.member(other)
    RoleAssignment.objects.filter(person=head).update(ended_on=TODAY())
    for person in (make_people.head(other), Person.objects.get(pk=head.pk)):
        with pytest.raises(Refused):
            make.progress(row, "DONE", person)
    assert (state_of(row), ProgressNote.objects.count()) == ("NOT_BEGUN", 0)


def test_a_late_form_a_repeat_and_a_day_to_come_change_nothing(owner: Organisation) -> None:
    row, key = of_owner(owner), uuid7()
    values = {"state": "UNDER_WAY", "on": TODAY(), "value": None, "text": ""}
    plain = {"by": make_meetings.by(), "activity_id": row.pk}
    acts.note_progress(**plain, key=key, version=0, values=values)  # type: ignore[arg-type]
    with pytest.raises(AlreadySaved):
        acts.note_progress(**plain, key=key, version=0, values=values)  # type: ignore[arg-type]
    with pytest.raises(StaleForm):
        acts.note_progress(**plain, key=uuid7(), version=0, values=values)  # type: ignore[arg-type]
    ahead = values | {"on": TODAY() + timedelta(days=1)}
    with pytest.raises(ValidationError):
        acts.note_progress(**plain, key=uuid7(), version=1, values=ahead)  # type: ignore[arg-type]
    assert ProgressNote.objects.count() == 1


def test_progress_of_a_draft_or_a_plan_to_come_is_not_noted() -> None:
    first = TODAY() + timedelta(days=20)
    plan = make.draft(first, first + timedelta(days=20))
    for _ in range(2):
        with pytest.raises(Problem, match="nie można tu zapisać"):
            make.progress(make.only(plan))
        if plan.is_draft:
            plan = make.adopted(plan, TODAY())
    assert ProgressNote.objects.count() == 0


def test_it_is_reminded_of_before_its_term_and_after_it(owner: Organisation) -> None:
    row, head = of_owner(owner, days=10), make_people.head(owner)
    for day in (TODAY(), TODAY() + timedelta(days=1), TODAY() + timedelta(days=11)):
        assert acts.to_remind(day) == [row.pk]
        acts.remind(activity_id=row.pk, day=day)
    mails = Outgoing.objects.filter(kind="MAIL", dedupe__startswith="activity-")
    assert [one.payload["email"] for one in mails.order_by("id")].count(head.email) == 2
    make.progress(row, "DONE")
    assert acts.to_remind(TODAY() + timedelta(days=11)) == []


def test_what_is_late_waits_for_its_owner_and_for_the_lider(owner: Organisation) -> None:
    row, head, lead = of_owner(owner, days=-1), make_people.head(owner), make_meetings.lead()
    other = make_people.organisation()
    make_partnership.member(other)
    said = "Zapisz postęp działania 1.1 z planu Partnerskiego Zespołu Kooperacyjnego"
    for person in (head, lead):
        (waiting,) = today.activities_wait(person, TODAY())
        assert (waiting.title, waiting.is_overdue) == (said, True)
    assert list(today.activities_wait(make_people.head(other), TODAY())) == []
    make.progress(row, "GIVEN_UP", text="Brak chętnych")
    assert list(today.activities_wait(Person.objects.get(pk=lead.pk), TODAY())) == []
    assert indicators.activities_on_time(TODAY()) == {"IN_TIME": 0, "LATE": 0, "NOT_DONE": 1}


def test_the_lider_is_told_at_once_that_an_owner_has_left(owner: Organisation) -> None:
    row, lead = of_owner(owner, days=150), make_meetings.lead()
    assert list(today.activities_wait(lead, TODAY())) == []
    owner.memberships.update(ended_on=TODAY())
    make_meetings.pzk()  # whose seats follow
    (waiting,) = today.activities_wait(Person.objects.get(pk=lead.pk), TODAY())
    assert (waiting.verb, waiting.href) == ("Znajdź", row.url)
    assert str(owner) in waiting.text
    make.progress(row, "GIVEN_UP", text="Instytucja odeszła")
    assert list(today.activities_wait(Person.objects.get(pk=lead.pk), TODAY())) == []


def test_activities_are_found_and_stand_in_the_calendar(owner: Organisation) -> None:
    row, head = of_owner(owner), make_people.head(owner)
    assert titles(found.activities(head, "warsztaty opiekunow")) == [row.text]
    assert titles(found.activities(head, "basen")) == []
    (day,) = today.activity_days(head, TODAY())
    assert day.due == row.until_on
    assert list(found.activities(make_people.person(), "warsztaty")) == []


def test_whoever_runs_a_team_is_told_that_no_plan_covers_today() -> None:
    lead = make_meetings.lead()
    make_meetings.pzk()
    (none,) = today.plans_wait(lead, TODAY())
    assert (none.title.split(" ")[0], none.is_overdue) == ("Przygotuj", False)
    assert indicators.plan_in_force(TODAY()) == {"WITHOUT": 1}
    ends = TODAY() + timedelta(days=60)
    plan = make.adopted(make.draft(TODAY(), ends), TODAY())
    assert indicators.plan_in_force(TODAY()) == {"IN_FORCE": 1}
    assert list(today.plans_wait(lead, TODAY() - timedelta(days=1))) != []
    (soon,) = today.plans_wait(lead, TODAY() + timedelta(days=1))
    assert (soon.due, soon.is_overdue, soon.href) == (ends, False, plan.url)
    late = ends + timedelta(days=2)
    (over,) = today.plans_wait(lead, late)
    assert (over.due, over.is_overdue) == (ends, True)
    make.following(plan)
    (draft,) = today.plans_wait(lead, TODAY() + timedelta(days=1))
    assert draft.title.startswith("Dokończ")
    assert ActionPlan.objects.count() == 2


def test_done_in_time_and_late_are_told_apart(owner: Organisation) -> None:
    row = of_owner(owner, days=-3)
    make.progress(row, "DONE", on=TODAY() - timedelta(days=3))
    assert indicators.activities_on_time(TODAY())["IN_TIME"] == 1
    make.progress(row, "UNDER_WAY")
    make.progress(row, "DONE", on=TODAY() - timedelta(days=2))
    counts = indicators.activities_on_time(TODAY())
    assert counts == {"IN_TIME": 0, "LATE": 1, "NOT_DONE": 0}
