"""Forms of action plans (REG §2.10)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from kooperacja.documents.forms import pdf_field
from kooperacja.guard.forms import GuardedForm, WholeForm
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, any_of, give
from tenants.dialogue.forms.meetings import BeforeMeetingForm
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.rules import Period
from tenants.dialogue.workflow import PlanState
from tenants.meetings.models.meetings import Meeting
from tenants.people.forms import NO_FAMILIES

Choices = Sequence[tuple[str, str]]


_MOST = 999_999_999


class _PeriodForm(forms.Form):
    """The days from the first to the last."""

    from_on = DayField(label="Od dnia")
    until_on = DayField(label="Do dnia", help_text="Ten dzień też należy do okresu.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Ostatni dzień jest wcześniej niż pierwszy.")
        return data


class _PlanForm(_PeriodForm):
    """The period of a plan and what is said before its goals."""

    about = LongText(
        label="Wprowadzenie",
        rows=5,
        max_length=4000,
        required=False,
        help_text=f"Na przykład z czego plan wynika. {NO_FAMILIES}",
    )

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart: dict[str, Any] = {
            name: values.pop(name) for name in ("key", "version") if name in values
        }
        return {**apart, "values": values}


class NewPlanForm(GuardedForm, _PlanForm, KeyedForm):
    """A plan to begin."""

    MODEL = ActionPlan

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        kwargs["initial"] = {"from_on": period.first, "until_on": period.last}
        super().__init__(*args, **kwargs)


class EditPlanForm(GuardedForm, _PlanForm, SeenForm):
    """A change of the period or the introduction."""

    def __init__(self, *args: Any, row: ActionPlan, **kwargs: Any) -> None:
        kwargs["initial"] = self.saved_now(row)
        super().__init__(*args, row=row, **kwargs)

    def saved_now(self, current: ActionPlan) -> dict[str, Any]:
        return {name: getattr(current, name) for name in ("from_on", "until_on", "about")}


class NextPlanForm(_PeriodForm, KeyedForm):
    """The period of the plan into which the unfinished is copied."""

    MODEL = ActionPlan

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        kwargs["initial"] = {"from_on": period.first, "until_on": period.last}
        super().__init__(*args, **kwargs)


class AmendForm(KeyedForm):
    """A version to begin."""

    MODEL = ActionPlan


class PlanReasonForm(GuardedForm, SeenForm):
    """The reason of a step; the page names it."""

    reason = LongText(label="Dlaczego", rows=4, help_text=NO_FAMILIES)


class _GoalForm(forms.Form):
    """A goal and what is meant by it."""

    title = Line(label="Cel", max_length=300)
    text = LongText(label="Opis celu", rows=4, required=False, help_text=NO_FAMILIES)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart: dict[str, Any] = {
            name: values.pop(name) for name in ("key", "version") if name in values
        }
        return {**apart, "values": values}


class NewGoalForm(GuardedForm, _GoalForm, KeyedForm):
    """A goal to add."""

    MODEL = PlanGoal


class EditGoalForm(GuardedForm, _GoalForm, SeenForm):
    """A change of a goal."""

    def __init__(self, *args: Any, row: PlanGoal, **kwargs: Any) -> None:
        kwargs["initial"] = self.saved_now(row)
        super().__init__(*args, row=row, **kwargs)

    def saved_now(self, current: PlanGoal) -> dict[str, Any]:
        return {"title": current.title, "text": current.text}


class PresentForm(BeforeMeetingForm, WholeForm, SeenForm):
    """The meeting that decides."""


class EnterAdoptedForm(WholeForm, SeenForm):
    """The day on which a team agreed outside the platform, and its meeting or paper."""

    adopted_on = DayField(label="Przyjęto dnia")
    meeting = forms.TypedChoiceField(
        label="Spotkanie, na którym plan przyjęto",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Jeśli jest wpisane w Kooperacji.",
    )
    file = pdf_field("Skan przyjętego planu albo protokołu (PDF)", required=False)

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "meeting", [("", "Żadne"), *((str(one.pk), str(one)) for one in meetings)])

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        upload = values.pop("file")
        return {**values, "upload": upload}


class PlansFilter(FilterForm):
    """The plans of a list to show."""

    stan = any_of("Stan", "wszystkie", PlanState.choices)
