"""Action plans for tests, made by the actions that make them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from tenants.dialogue.actions import plan as acts
from tenants.dialogue.actions import plan_activities as activities
from tenants.dialogue.actions import plan_adopting as adopting
from tenants.dialogue.actions import plan_copying as copying
from tenants.dialogue.actions import plan_presenting as presenting
from tenants.dialogue.actions import plan_progress as progressing
from tenants.dialogue.actions import plan_proposals as proposing
from tenants.dialogue.models import ActionPlan, ActivityProposal, PlanActivity, PlanGoal
from tenants.meetings.actions import deciding, outcomes
from tenants.meetings.actions.deciding import Said
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.people.models import Organisation, Person
from tenants.teams.sides import code_of
from tests.factories import meetings as make
from tests.factories import people as make_people


def year(number: int | None = None) -> tuple[date, date]:
    """The first and the last day of a year, of this one unless another is named."""
    number = number or timezone.localdate().year
    return date(number, 1, 1), date(number, 12, 31)


def begun(first: date | None = None, last: date | None = None, about: str = "") -> ActionPlan:
    """A plan for this year, or for other days, with nothing in it."""
    this = year()
    return acts.begin_plan(
        by=make.by(),
        team_id=make.pzk().pk,
        key=uuid7(),
        values={"from_on": first or this[0], "until_on": last or this[1], "about": about},
    )


def goal(plan: ActionPlan, title: str = "Więcej wsparcia dla opiekunów") -> PlanGoal:
    values = {"title": title, "text": ""}
    return acts.add_goal(by=make.by(), plan_id=plan.pk, key=uuid7(), values=values)


def values(of: PlanGoal, owner: Organisation | None = None, **fields: Any) -> dict[str, Any]:
    plain = {
        "goal_id": of.pk,
        "text": "Warsztaty dla opiekunów osób starszych",
        "organisation_id": owner.pk if owner else None,
        "partners_text": "Fundacja Zmyślona",
        "from_on": of.plan.from_on,
        "until_on": of.plan.until_on,
        "resources": "sala i dwoje prowadzących",
        "cost_bearer": "Gmina",
        "cost": 2000,
        "indicator": "liczba uczestników",
        "target": 30,
        "unit": "osób",
    }
    return plain | fields


def activity(
    of: PlanGoal,
    owner: Organisation | None = None,
    partners: tuple[Organisation, ...] = (),
    **fields: Any,
) -> PlanActivity:
    return activities.add_activity(
        by=make.by(),
        plan_id=of.plan_id,
        key=uuid7(),
        partners=[one.pk for one in partners],
        values=values(of, owner, **fields),
    )


def draft(
    first: date | None = None, last: date | None = None, owner: Organisation | None = None
) -> ActionPlan:
    """A plan with a goal and an activity, ready for the team."""
    plan = begun(first, last)
    activity(goal(plan), owner)
    return plan


def presented(plan: ActionPlan | None = None, meeting: Meeting | None = None) -> ActionPlan:
    plan = plan or draft()
    meeting = meeting or make.convened()
    plan.refresh_from_db()
    return presenting.present(
        by=make.by(), plan_id=plan.pk, version=plan.version, meeting_id=meeting.pk
    )


def item_of(plan: ActionPlan) -> AgendaItem:
    item = presenting.standing(plan)
    assert item is not None
    return item


def decide(item: AgendaItem, *choices: str) -> AgendaItem:
    """The decision on an item by the voices of those present, each for it unless said otherwise."""
    voters = list(deciding.voters(item))
    said = [*choices, *["YES"] * (len(voters) - len(choices))]
    return deciding.decide(
        by=make.by(),
        item_id=item.pk,
        version=AgendaItem.objects.get(pk=item.pk).version,
        way="AGREEMENT",
        text="Zespół przyjmuje plan.",
        said={
            key: Said(choice, "Za mało czasu" if choice == "NO" else "")
            for key, choice in zip(voters, said, strict=True)
        },
    )


def end(item: AgendaItem, outcome: str) -> None:
    fresh = AgendaItem.objects.get(pk=item.pk)
    outcomes.record_outcomes(
        by=make.by(), meeting_id=item.meeting_id, items={item.pk: Ended(fresh.version, outcome)}
    )


def close(meeting: Meeting) -> Meeting:
    """Close a meeting whose other items are taken note of."""
    rows = meeting.items.filter(outcome="")
    if others := {one.pk: Ended(one.version, "NOTED") for one in rows}:
        outcomes.record_outcomes(by=make.by(), meeting_id=meeting.pk, items=others)
    meeting.refresh_from_db()
    return outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)


def adopted(
    plan: ActionPlan | None = None, day: date | None = None, meeting: Meeting | None = None
) -> ActionPlan:
    """A plan that was adopted outside the platform, on its first day unless another is named."""
    plan = plan or draft()
    plan.refresh_from_db()
    day = day or min(plan.from_on, timezone.localdate())
    return adopting.enter_adopted(
        by=make.by(),
        plan_id=plan.pk,
        version=plan.version,
        adopted_on=day,
        meeting=meeting.pk if meeting else None,
        upload=None if meeting else make_people.pdf("plan.pdf"),
    )


def amended(plan: ActionPlan) -> ActionPlan:
    return copying.amend(by=make.by(), plan_id=plan.pk, key=uuid7())


def following(plan: ActionPlan) -> ActionPlan:
    """The plan of the next year, with what is unfinished."""
    first, last = plan.until_on + timedelta(days=1), plan.until_on + timedelta(days=365)
    return copying.begin_next(
        by=make.by(), plan_id=plan.pk, key=uuid7(), from_on=first, until_on=last
    )


def only(plan: ActionPlan) -> PlanActivity:
    """The only activity of a plan."""
    return PlanActivity.objects.whole(timezone.localdate()).get(goal__plan=plan)


def progress(
    of: PlanActivity, state: str = "UNDER_WAY", by: Person | None = None, **fields: Any
) -> PlanActivity:
    plain = {"state": state, "on": timezone.localdate(), "value": None, "text": "Trwa nabór"}
    undertaking = PlanActivity.objects.select_related("undertaking").get(pk=of.pk).undertaking
    return progressing.note_progress(
        by=make_people.by(by) if by else make.by(),
        activity_id=of.pk,
        key=uuid7(),
        version=undertaking.version,
        values=plain | fields,
    )


def proposal(plan: ActionPlan, of: Organisation, person: Person | None = None) -> ActivityProposal:
    """Proposed by the head of an institution."""
    return proposing.propose_activity(
        by=make_people.by(person or make_people.head(of)),
        plan_id=plan.pk,
        key=uuid7(),
        of=code_of(of.pk),
        values={
            "text": "Dyżur prawnika raz w miesiącu",
            "why": "",
            "partners_text": "",
            "resources": "",
            "until_on": None,
        },
    )


def only_first(plan: ActionPlan) -> PlanActivity:
    """The first activity of the first goal of a plan."""
    rows = PlanActivity.objects.whole(timezone.localdate()).filter(goal__plan=plan)
    return rows.order_by("goal__position", "position")[0]
