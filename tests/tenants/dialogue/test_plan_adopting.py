"""A team agrees on its plan once, at a meeting or by circulation (REG §2.10)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.papers import newest
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import StaleForm
from tenants.dialogue.actions import plan as acts
from tenants.dialogue.actions import plan_adopting as adopting
from tenants.dialogue.actions import plan_presenting as presenting
from tenants.dialogue.models import ActionPlan
from tenants.dialogue.papers.plan import ACTION_PLAN
from tenants.meetings.actions import agenda, circulating
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


def now(plan: ActionPlan) -> ActionPlan:
    return ActionPlan.objects.select_related("team").get(pk=plan.pk)


def before_the_team() -> ActionPlan:
    """A plan on the agenda of a meeting at which everybody is, an institution too."""
    make_partnership.member(make_people.organisation())
    return make.presented(meeting=make_meetings.held())


def test_a_plan_that_the_team_agrees_on_comes_into_force_when_the_meeting_is_closed() -> None:
    plan = before_the_team()
    item = make.item_of(plan)
    make.decide(item)
    assert now(plan).state == "PROPOSED"
    make.close(item.meeting)
    plan = now(plan)
    assert (plan.state, plan.number, plan.adopted_on) == ("ADOPTED", 1, item.meeting.day)
    assert plan.in_force_from == item.meeting.day
    assert plan.is_in_force(TODAY())
    assert newest(ACTION_PLAN, plan.pk) is not None
    assert Entry.objects.filter(verb="PLAN_ADOPTED").count() == 1


def test_a_plan_of_days_to_come_is_in_force_from_its_first_day() -> None:
    first = TODAY() + timedelta(days=10)
    plan = make.adopted(make.draft(first, first + timedelta(days=100)), TODAY())
    assert plan.in_force_from == first
    assert not plan.is_in_force(TODAY())
    assert plan.is_in_force(first + timedelta(days=100))
    assert not plan.is_in_force(first + timedelta(days=101))


def test_one_that_was_not_agreed_on_is_prepared_further_with_the_objections() -> None:
    plan = before_the_team()
    item = make.item_of(plan)
    make.decide(item, "NO")
    make.end(item, Outcome.WITHDRAWN)
    make.close(item.meeting)
    plan = now(plan)
    assert (plan.state, plan.number, plan.item_id) == ("DRAFT", None, item.pk)
    assert newest(ACTION_PLAN, plan.pk) is None
    acts.add_goal(
        by=make_meetings.by(), plan_id=plan.pk, key=item.pk, values={"title": "Cel", "text": ""}
    )


def test_what_is_put_off_is_decided_by_the_next_meeting() -> None:
    plan = before_the_team()
    item = make.item_of(plan)
    make.end(item, Outcome.POSTPONED)
    make.close(item.meeting)
    assert now(plan).state == "PROPOSED"
    later = make_meetings.held()
    carried = make.item_of(plan)
    assert (carried.meeting_id, carried.carries_id) == (later.pk, item.pk)
    make.decide(carried)
    make.close(later)
    assert now(plan).state == "ADOPTED"


def test_it_is_adopted_by_circulation() -> None:
    meeting = make_meetings.circulated().meeting
    plan = make.presented(meeting=meeting)
    item = make.item_of(plan)
    circulating.give_voice(
        by=make_meetings.by(), item_id=item.pk, institution=None, choice="YES", reason=""
    )
    with pytest.raises(Problem, match="nie można teraz wycofać"):
        presenting.take_back(by=make_meetings.by(), plan_id=plan.pk, version=now(plan).version)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    make_meetings.confirm(now_of(meeting), make_meetings.all_present(now_of(meeting)))
    assert now(plan).state == "PROPOSED"
    make.close(now_of(meeting))
    assert now(plan).state == "ADOPTED"


def now_of(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("team").get(pk=meeting.pk)


def test_nobody_changes_a_plan_that_is_before_the_team_or_adopted() -> None:
    plan = before_the_team()
    for _ in range(2):
        with pytest.raises(Problem, match="nie można teraz zmienić"):
            make.goal(plan)
        if now(plan).state == "PROPOSED":
            make.decide(item := make.item_of(plan))
            make.close(item.meeting)
    assert now(plan).state == "ADOPTED"
    assert plan.goals.count() == 1


def test_a_plan_that_was_taken_back_is_not_decided_on() -> None:
    plan = before_the_team()
    item = make.item_of(plan)
    presenting.take_back(by=make_meetings.by(), plan_id=plan.pk, version=now(plan).version)
    with pytest.raises(Problem, match="nie może teraz decydować"):
        make.decide(item)
    again = make.presented(now(plan), item.meeting)
    assert make.item_of(again) == item
    make.decide(item)
    with pytest.raises(Problem, match="nie można teraz wycofać"):
        presenting.take_back(by=make_meetings.by(), plan_id=plan.pk, version=now(plan).version)
    make.close(item.meeting)
    assert now(plan).state == "ADOPTED"


def test_it_is_adopted_once_though_it_stands_on_two_agendas() -> None:
    plan = before_the_team()
    item = make.item_of(plan)
    presenting.take_back(by=make_meetings.by(), plan_id=plan.pk, version=now(plan).version)
    other = make_meetings.held(day=TODAY() + timedelta(days=70))
    make.presented(now(plan), other)
    make.decide(item)  # by which it is not presented any more
    make.close(item.meeting)
    assert now(plan).state == "PROPOSED"
    second = other.items.get(subject=plan.pk)
    make.decide(second)
    make.close(other)
    adopted = now(plan)
    assert (adopted.state, adopted.number, adopted.item_id) == ("ADOPTED", 1, second.pk)
    assert Entry.objects.filter(verb="PLAN_ADOPTED").count() == 1


def test_a_second_plan_for_the_same_days_is_not_adopted() -> None:
    make.adopted()
    other = make.draft()
    with pytest.raises(Problem) as told:
        make.presented(other)
    assert "zachodzi" in told.value.explanation
    with pytest.raises(Problem):
        make.adopted(now(other))
    assert ActionPlan.objects.adopted().count() == 1


def test_of_two_before_the_team_for_the_same_days_one_is_adopted() -> None:
    meeting = make_meetings.held()
    first, second = make.presented(meeting=meeting), make.presented(make.draft(), meeting)
    make.decide(make.item_of(first))
    make.decide(make.item_of(second))
    with pytest.raises(Problem, match="ma już przyjęty plan"):
        make.close(meeting)
    assert ActionPlan.objects.adopted().count() == 0
    make.end(make.item_of(second), Outcome.WITHDRAWN)
    make.close(meeting)
    assert (now(first).state, now(second).state) == ("ADOPTED", "DRAFT")


def test_one_agreed_on_elsewhere_wants_its_day_and_its_paper() -> None:
    plan = make.draft()
    held = make_meetings.past(TODAY() - timedelta(days=5))
    plain = {"by": make_meetings.by(), "plan_id": plan.pk, "version": now(plan).version}
    for wrong in (
        {"adopted_on": TODAY(), "meeting": None},
        {"adopted_on": TODAY(), "meeting": held.pk},
        {"adopted_on": TODAY() + timedelta(days=1), "meeting": None, "upload": make_people.pdf()},
    ):
        with pytest.raises(ValidationError):
            adopting.enter_adopted(**plain, **wrong)  # type: ignore[arg-type]
    assert now(plan).state == "DRAFT"
    done = make.adopted(plan, held.day, held)
    assert (done.adopted_on, done.meeting_id, done.scan_id) == (held.day, held.pk, None)


def test_what_is_unfinished_does_not_come_before_the_team() -> None:
    plan, meeting = make.begun(), make_meetings.convened()
    with pytest.raises(Problem, match="nie można jeszcze przyjąć"):
        make.presented(plan, meeting)
    owner = make_people.organisation()
    membership = make_partnership.member(owner)
    make.activity(make.goal(plan), owner)
    membership.ended_on = TODAY()
    membership.save()
    make_meetings.pzk()
    assert "Wykonawca nie należy" in " ".join(presenting.lacks(now(plan), TODAY()))
    assert AgendaItem.objects.filter(subject=plan.pk).count() == 0


def test_only_whoever_runs_the_team_writes_it_and_a_late_form_changes_nothing() -> None:
    plan = make.draft()
    of = make_people.organisation()
    make_partnership.member(of)
    stranger = make_people.by(make_people.head(of))
    values = {"from_on": plan.from_on, "until_on": plan.until_on, "about": "Inaczej"}
    with pytest.raises(Refused):
        acts.edit_plan(by=stranger, plan_id=plan.pk, version=0, values=values)
    acts.edit_plan(by=make_meetings.by(), plan_id=plan.pk, version=0, values=values)
    late = values | {"about": "Jeszcze inaczej"}
    with pytest.raises(StaleForm):
        acts.edit_plan(by=make_meetings.by(), plan_id=plan.pk, version=0, values=late)
    assert now(plan).about == "Inaczej"


def test_a_plan_whose_item_was_taken_off_the_agenda_waits_for_another_place() -> None:
    plan = make.presented()
    agenda.remove_item(by=make_meetings.by(), item_id=make.item_of(plan).pk)
    assert (now(plan).state, now(plan).item_id) == ("PROPOSED", None)
