"""A plan is changed by a new version, and goes on in the next period (REG §2.10)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.dialogue.actions import plan as acts
from tenants.dialogue.actions import plan_activities as activities
from tenants.dialogue.changes import changes
from tenants.dialogue.models import ActionPlan, PlanActivity
from tenants.dialogue.rules import Period
from tenants.registry.roles import Role
from tests.budget import cases
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make
from tests.tenants.reading import HOME

TODAY = timezone.localdate
STATES = ["NOT_BEGUN", "UNDER_WAY", "DONE", "GIVEN_UP"]


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


def now(plan: ActionPlan) -> ActionPlan:
    return ActionPlan.objects.select_related("team").get(pk=plan.pk)


def brought_to(row: PlanActivity, state: str) -> None:
    if state != "NOT_BEGUN":
        make.progress(row, state)


@settings(max_examples=cases(8))
@given(st.lists(st.lists(st.sampled_from(STATES), max_size=2), min_size=1, max_size=3))
def test_the_next_plan_has_what_is_unfinished_and_no_more(told: list[list[str]]) -> None:
    ActionPlan.objects.filter(state="ADOPTED").update(
        state="REPLACED", ended_on=TODAY() + timedelta(days=1)
    )
    plan = make.begun()
    goals = [make.goal(plan, f"Cel {n}") for n, _ in enumerate(told)]
    rows = [
        (make.activity(goal), state)
        for goal, states in zip(goals, [[*told[0], "NOT_BEGUN"], *told[1:]], strict=True)
        for state in states
    ]
    for empty in [goal for goal in goals if not goal.activities.exists()]:
        acts.remove_goal(by=make_meetings.by(), goal_id=empty.pk, version=empty.version)
    make.adopted(plan)
    for row, state in rows:
        brought_to(row, state)
    new = make.following(now(plan))
    left = [row for row, state in rows if state in ("NOT_BEGUN", "UNDER_WAY")]
    copies = PlanActivity.objects.filter(goal__plan=new)
    assert {one.undertaking_id for one in copies} == {one.undertaking_id for one in left}
    assert all(Period(new.from_on, new.until_on).contains(one.term) for one in copies)
    assert PlanActivity.objects.filter(goal__plan=plan).count() == len(rows)
    assert [goal.position for goal in new.goals.all()] == list(range(1, new.goals.count() + 1))
    assert all(goal.activities.exists() for goal in new.goals.all())


def test_owners_and_partners_who_left_are_not_taken_for_members() -> None:
    owner, partner = make_people.organisation(), make_people.organisation()
    memberships = [make_partnership.member(one) for one in (owner, partner)]
    plan = make.begun()
    make.activity(make.goal(plan), owner, (partner,))
    make.adopted(plan)
    for one in memberships:
        one.ended_on = TODAY()
        one.save()
    make_meetings.pzk()
    copy = make.only(make.following(now(plan)))
    assert (copy.organisation_id, copy.has_owner) == (owner.pk, False)
    assert copy.partners.count() == 0


def test_progress_goes_on_in_the_next_plan() -> None:
    plan = make.adopted()
    make.progress(make.only(plan), "UNDER_WAY")
    copy = make.only(make.following(plan))
    assert copy.undertaking.state == "UNDER_WAY"
    assert copy.undertaking.progress.count() == 1


def test_a_new_version_replaces_the_old_one_which_stays_as_it_was() -> None:
    plan = make.adopted(day=TODAY())
    new = make.amended(plan)
    copy = make.only(new)
    values = make.values(copy.goal) | {"text": "Warsztaty i dyżury", "target": 60}
    activities.edit_activity(
        by=make_meetings.by(),
        activity_id=copy.pk,
        version=copy.version,
        partners=[],
        values=values,
    )
    make.adopted(now(new), TODAY())
    old, new = now(plan), now(new)
    assert (old.state, old.ended_on, old.number) == ("REPLACED", TODAY(), 1)
    assert (new.state, new.number, new.in_force_from) == ("ADOPTED", 2, TODAY())
    assert make.only(old).text == "Warsztaty dla opiekunów osób starszych"
    assert [one.pk for one in ActionPlan.objects.in_force(TODAY())] == [new.pk]
    (changed,) = changes(old, new)
    assert (changed.name, changed.how) == ("Działanie 1.1", "zmienione")
    assert {line.label for line in changed.lines} == {"Co zostanie zrobione", "Wskaźnik"}


def test_of_one_plan_one_new_version_is_prepared_at_a_time() -> None:
    plan = make.adopted()
    new = make.amended(plan)
    with pytest.raises(Problem, match="już przygotowywana"):
        make.amended(plan)
    acts.drop_plan(by=make_meetings.by(), plan_id=new.pk, version=0, reason="Pomyłka")
    assert make.amended(plan).pk != new.pk
    assert now(plan).state == "ADOPTED"


def test_of_one_plan_one_next_is_prepared_at_a_time(partnership: TenantRef) -> None:
    plan = make.adopted()
    client = make_people.signed_in(partnership, Role.LEAD)[0]
    page = f"{HOME}miedzy-spotkaniami/plany/{plan.pk}/"
    assert f"{page}nastepny/" in client.get(page).content.decode()
    new = make.following(now(plan))
    with pytest.raises(Problem, match="już przygotowywany"):
        make.following(now(plan))
    shown = client.get(page).content.decode()
    assert (f"{page}nastepny/" in shown, f"/plany/{new.pk}/" in shown) == (False, True)
    assert list(ActionPlan.objects.filter(follows=plan)) == [new]
    acts.drop_plan(by=make_meetings.by(), plan_id=new.pk, version=0, reason="Pomyłka")
    assert make.following(now(plan)).pk != new.pk


def test_what_is_added_or_taken_out_is_said() -> None:
    plan = make.adopted()
    new = make.amended(plan)
    make.activity(make.goal(new, "Cel drugi"))
    activities.remove_activity(
        by=make_meetings.by(), activity_id=make.only_first(new).pk, version=0
    )
    said = [(one.name, one.how) for one in changes(plan, new)]
    assert said == [("Cel 2", "nowe"), ("Działanie 2.1", "nowe"), ("Działanie 1.1", "usunięte")]
    assert PlanActivity.objects.filter(goal__plan=plan).count() == 1
