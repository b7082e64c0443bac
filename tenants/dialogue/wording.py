"""Texts that people wrote in an action plan, by where they stand (REG §2.10)."""

from collections.abc import Iterator

from tenants.dialogue.models.plan import ActionPlan, PlanActivity

_FIELDS = ("text", "partners_text", "resources", "cost_bearer", "indicator", "unit")


def wording(plan: ActionPlan) -> Iterator[tuple[str, str]]:
    """Every text that is not empty, after the words that say where it stands."""
    yield from _of("Wprowadzenie", [plan.about])
    for goal in plan.goals.all():
        goal.plan = plan
        yield from _of(f"Cel {goal.position}", [goal.title, goal.text])
    rows = PlanActivity.objects.filter(goal__plan=plan).select_related("goal", "undertaking")
    for row in rows.order_by("goal__position", "position", "pk"):
        row.goal.plan = plan  # its text is opened with the key of the team, which is known
        yield from _of(str(row), [getattr(row, name) for name in _FIELDS])


def _of(where: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((where, text) for text in texts if text)
