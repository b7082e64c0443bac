"""Forms of activities of action plans, of proposals and progress (REG §2.10)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, Line, LongText, NumberField
from kooperacja.ui.forms import KeyedForm, SeenForm, give
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.models.undertakings import ProgressNote, Undertaking
from tenants.dialogue.workflow import UndertakingState
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm
from tenants.teams.sides import LEAD, code_of

Choices = Sequence[tuple[str, str]]

_MOST = 999_999_999


class _ActivityForm(forms.Form):
    """An activity: who does what with whom, until when, at what cost, and how it is measured."""

    goal_id = forms.TypedChoiceField(label="Cel", coerce=UUID)
    text = LongText(label="Co zostanie zrobione", rows=4, max_length=2000, help_text=NO_FAMILIES)
    owner = forms.ChoiceField(label="Wykonawca")
    partners = forms.TypedMultipleChoiceField(
        label="Partnerzy z zespołu",
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    partners_text = Line(label="Partnerzy spoza zespołu", max_length=500, required=False)
    from_on = DayField(label="Termin od")
    until_on = DayField(label="Termin do")
    resources = LongText(
        label="Potrzebne zasoby",
        rows=3,
        required=False,
        help_text="Na przykład ludzie, sala, sprzęt.",
    )
    cost_bearer = Line(label="Kto ponosi koszt", max_length=300, required=False)
    cost = NumberField(
        label="Szacowany koszt w złotych", required=False, min_value=0, max_value=_MOST
    )
    indicator = Line(
        label="Wskaźnik",
        max_length=300,
        required=False,
        help_text="Po czym poznacie skutek, na przykład: liczba uczestników.",
    )
    target = NumberField(label="Wartość docelowa", required=False, min_value=0, max_value=_MOST)
    unit = Line(
        label="Jednostka",
        max_length=60,
        required=False,
        help_text="Na przykład: osób, spotkań, %.",
    )

    def __init__(self, *args: Any, plan: ActionPlan, sides: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = [(str(one.pk), f"{one.position}. {one.title}") for one in plan.goals.all()]
        give(self, "goal_id", goals if len(goals) == 1 else [("", "wybierz"), *goals])
        give(self, "owner", [("", "wybierz"), *sides])
        give(self, "partners", [one for one in sides if one[0] != LEAD])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Ostatni dzień jest wcześniej niż pierwszy.")
        if data.get("target") is not None and not data.get("indicator"):
            self.add_error("indicator", "Podaj, co mierzy wartość docelowa.")
        if data.get("owner") in [str(pk) for pk in data.get("partners") or ()]:
            self.add_error("partners", "Ta instytucja jest już wykonawcą.")
        return data

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart: dict[str, Any] = {
            name: values.pop(name) for name in ("key", "version", "partners") if name in values
        }
        owner = values.pop("owner")
        values["organisation_id"] = None if owner == LEAD else UUID(owner)
        return {**apart, "values": values}


class NewActivityForm(GuardedForm, _ActivityForm, KeyedForm):
    """An activity to add."""

    MODEL = PlanActivity

    def __init__(self, *args: Any, plan: ActionPlan, goal: str = "", **kwargs: Any) -> None:
        term = {"from_on": plan.from_on, "until_on": plan.until_on}
        kwargs["initial"] = {**term, "goal_id": goal}
        super().__init__(*args, plan=plan, **kwargs)


class EditActivityForm(GuardedForm, _ActivityForm, SeenForm):
    """A change of an activity; whoever has left the team must be chosen anew."""

    def __init__(self, *args: Any, row: PlanActivity, **kwargs: Any) -> None:
        kwargs["initial"] = self.saved_now(row)
        super().__init__(*args, row=row, plan=row.plan, **kwargs)

    def saved_now(self, current: PlanActivity) -> dict[str, Any]:
        plain = ("text", "partners_text", "from_on", "until_on", "resources", "cost_bearer")
        more = ("cost", "indicator", "target", "unit")
        return {
            "goal_id": str(current.goal_id),
            "owner": code_of(current.organisation_id),
            "partners": [str(one.organisation_id) for one in current.partners.all()],
            **{name: getattr(current, name) for name in (*plain, *more)},
        }


class AcceptForm(GuardedForm, _ActivityForm, SeenForm, KeyedForm):
    """An activity as its proposal becomes one."""

    def __init__(self, *args: Any, row: ActivityProposal, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "text": row.text,
            "owner": str(row.organisation_id),
            "partners_text": row.partners_text,
            "resources": row.resources,
            "from_on": row.plan.from_on,
            "until_on": row.until_on or row.plan.until_on,
        }
        super().__init__(*args, row=row, plan=row.plan, **kwargs)


class ProposeForm(GuardedForm, InNameForm, KeyedForm):
    """An activity that an institution proposes."""

    MODEL = ActivityProposal
    text = LongText(label="Co chcecie zrobić", rows=4, max_length=2000, help_text=NO_FAMILIES)
    why = LongText(label="Po co", rows=3, required=False, help_text=NO_FAMILIES)
    partners_text = Line(label="Z kim", max_length=500, required=False)
    resources = LongText(label="Co jest do tego potrzebne", rows=3, required=False)
    until_on = DayField(label="Do kiedy", required=False)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "of")}
        return {**apart, "values": values}


class ProgressForm(GuardedForm, SeenForm, KeyedForm):
    """How far an activity is on a day."""

    MODEL = ProgressNote
    state = forms.ChoiceField(
        label="Stan", choices=UndertakingState.choices, widget=forms.RadioSelect
    )
    on = DayField(label="Stan na dzień")
    value = NumberField(label="Wartość wskaźnika", required=False, min_value=0, max_value=_MOST)
    text = LongText(
        label="Co zrobiono",
        rows=4,
        required=False,
        help_text=f"Jeśli działania zaniechano, podaj powód. {NO_FAMILIES}",
    )

    def __init__(self, *args: Any, row: Undertaking, activity: PlanActivity, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": row.state, "on": timezone.localdate()}
        super().__init__(*args, row=row, **kwargs)
        may = {row.state, *(str(to) for to in row.WORKFLOW.changes[UndertakingState(row.state)])}
        give(self, "state", [one for one in UndertakingState.choices if one[0] in may])
        if not activity.indicator:
            del self.fields["value"]
        elif activity.target_said:
            self.fields["value"].help_text = f"Wartość docelowa: {activity.target_said}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") == UndertakingState.GIVEN_UP and not data.get("text"):
            self.add_error("text", "Podaj, dlaczego zaniechano działania.")
        return data

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "version")}
        return {**apart, "values": values}
