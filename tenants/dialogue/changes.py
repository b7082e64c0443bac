"""Texts of an action plan, and what a new version changes in them (REG §2.10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from kooperacja.ui.difference import Line, changed_lines
from kooperacja.ui.polish import pl_date
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A goal, an activity or the plan itself that reads otherwise; `how` says it in a word."""

    name: str
    how: str
    lines: tuple[Line, ...]


def changes(before: ActionPlan, after: ActionPlan) -> list[Changed]:
    """Everything that reads otherwise in the new version, in its order; then what went."""
    old, new = dict(_texts(before)), dict(_texts(after))
    found = []
    for key in dict.fromkeys([*new, *old]):
        name = (new.get(key) or old[key])[0]
        lines = changed_lines(old.get(key, ("", {}))[1], new.get(key, ("", {}))[1])
        if lines:
            found.append(Changed(name, _how(key in old, key in new), lines))
    return found


def _how(was: bool, is_there: bool) -> str:
    if not was:
        return "nowe"
    return "zmienione" if is_there else "usunięte"


def _texts(plan: ActionPlan) -> Iterator[tuple[object, tuple[str, Fields]]]:
    """By what it is, whatever its version: its name and its fields."""
    period = f"od {pl_date(plan.from_on)} do {pl_date(plan.until_on)}"
    yield "plan", ("Cały plan", {"Okres": period, "Wprowadzenie": plan.about})
    for goal in plan.goals.all():
        name = f"Cel {goal.position}"
        key: UUID = goal.series
        yield key, (name, {"Cel": goal.title, "Opis celu": goal.text})
        rows = goal.activities.select_related("organisation", "undertaking")
        for row in rows.prefetch_related("partners__organisation"):
            yield row.undertaking_id, (str(row), _activity(row))


def _activity(row: PlanActivity) -> Fields:
    return {
        "Co zostanie zrobione": row.text,
        "Wykonawca": row.owner,
        "Partnerzy": row.partner_names,
        "Termin": f"od {pl_date(row.from_on)} do {pl_date(row.until_on)}",
        "Potrzebne zasoby": row.resources,
        "Koszt": row.cost_said,
        "Wskaźnik": row.measure,
    }


_WRITTEN = ("text", "partners_text", "resources", "cost_bearer", "indicator", "unit")


def wording(plan: ActionPlan) -> Iterator[tuple[str, str]]:
    """Every text that is not empty, after the words that say where it stands."""
    yield from _of("Wprowadzenie", [plan.about])
    for goal in plan.goals.all():
        yield from _of(f"Cel {goal.position}", [goal.title, goal.text])
    rows = PlanActivity.objects.filter(goal__plan=plan).select_related("goal", "undertaking")
    for row in rows.order_by("goal__position", "position", "pk"):
        row.goal.plan = plan  # its text is opened with the key of the team, which is known
        yield from _of(str(row), [getattr(row, name) for name in _WRITTEN])


def _of(where: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((where, text) for text in texts if text)
