"""Two who close at once adopt a plan once; two who change a plan lose nothing (REG §2.10)."""

import contextlib

from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.dialogue.actions import plan_adopting as adopting
from tenants.dialogue.actions import plan_copying as copying
from tenants.dialogue.models import ActionPlan
from tenants.registry import directory
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import plan as make
from tests.tenants.meetings.test_guests_at_once import _at_once


def test_two_overlapping_plans_adopted_at_once_leave_one(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    with inside(gmina):
        make_partnership.found(gmina)
        plans = [make.draft(), make.draft()]
        held = make_meetings.past()
        by = make_meetings.by()

    def adopt(plan: ActionPlan) -> None:
        with contextlib.suppress(Problem, StaleForm):
            adopting.enter_adopted(
                by=by, plan_id=plan.pk, version=0, adopted_on=held.day, meeting=held.pk
            )

    _at_once(gmina, *[lambda plan=plan: adopt(plan) for plan in plans])  # type: ignore[misc]
    with inside(gmina):
        adopted = ActionPlan.objects.get(state="ADOPTED")
        assert adopted.number == 1
        assert ActionPlan.objects.filter(state="DRAFT").count() == 1

    def amend(key: int) -> None:
        with contextlib.suppress(Problem, AlreadySaved):
            copying.amend(by=by, plan_id=adopted.pk, key=plans[key].series)

    _at_once(gmina, lambda: amend(0), lambda: amend(1))
    with inside(gmina):
        assert ActionPlan.objects.filter(amends=adopted).count() == 1
