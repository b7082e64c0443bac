"""Forms of risks (REG §7.2)."""

from typing import Any

from django import forms

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, any_of
from tenants.dialogue.forms.meetings import BeforeMeetingForm
from tenants.dialogue.models.risks import Risk, RiskKind, RiskStep, Urgency
from tenants.dialogue.workflow import RiskState
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm


class ReportRiskForm(GuardedForm, InNameForm, KeyedForm):
    """Says what threatens, whom it concerns, how urgent it is and what was done."""

    MODEL = Risk
    kind = forms.ChoiceField(
        label="Co zgłaszasz",
        choices=[(value, label.capitalize()) for value, label in RiskKind.choices],
        widget=forms.RadioSelect,
    )
    text = LongText(
        label="Co się dzieje albo czym to grozi",
        rows=5,
        max_length=4000,
        help_text=f"Przeczytają to wszyscy członkowie zespołu. {NO_FAMILIES}",
    )
    concerns = LongText(
        label="Kogo albo czego dotyczy",
        rows=2,
        max_length=1000,
        help_text="Na przykład instytucje, usługi albo zadania Partnerstwa.",
    )
    urgency = forms.ChoiceField(
        label="Jak pilne",
        choices=[(value, label.capitalize()) for value, label in Urgency.choices],
        widget=forms.RadioSelect,
    )
    done = LongText(label="Co już zrobiono", rows=3, max_length=4000, required=False)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "of")}
        return {**apart, "values": values}


class AddDoneForm(GuardedForm, KeyedForm):
    """Says what was done."""

    MODEL = RiskStep
    text = LongText(label="Co zrobiono", rows=4, max_length=4000, help_text=NO_FAMILIES)


class RiskReasonForm(GuardedForm, SeenForm):
    """Says what is done, how it ended or why it is withdrawn: the page names it."""

    reason = LongText(label="Dlaczego", rows=4, max_length=4000, help_text=NO_FAMILIES)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class ToAgendaForm(BeforeMeetingForm, SeenForm):
    """The meeting that takes it up."""


class RisksFilter(FilterForm):
    """The risks of a list to show."""

    stan = any_of("Stan", "wszystkie", RiskState.choices)
    pilnosc = any_of("Pilność", "każda", Urgency.choices)
