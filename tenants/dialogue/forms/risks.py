"""Forms of risks (REG §7.2)."""

from typing import Any

from django import forms

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import FilterForm, KeyedForm, SeenForm, any_of
from kooperacja.ui.polish import polish_order
from tenants.dialogue import perms
from tenants.dialogue.actions.risks import LEAD
from tenants.dialogue.models.risks import Risk, RiskKind, RiskStep, Urgency
from tenants.dialogue.workflow import RiskState
from tenants.meetings.models.meetings import Meeting
from tenants.people.models import Organisation, Person
from tenants.teams.models import Team

_NO_FAMILIES = "Nie wpisuj danych rodzin ani osób, którym pomagacie."


def speaks_for(person: Person, team: Team) -> list[tuple[str, str]]:
    """Institutions in whose name the person may report, in words; the Lider first."""
    keys = perms.member_for(person, team)
    of = Organisation.objects.filter(pk__in=[key for key in keys if key]).order_by(
        polish_order("name"), "pk"
    )
    lead = [(LEAD, "Lider")] if None in keys else []
    return [*lead, *((str(one.pk), one.name) for one in of)]


class ReportRiskForm(GuardedForm, KeyedForm):
    """Says what threatens, whom it concerns, how urgent it is and what was done."""

    MODEL = Risk
    of = forms.ChoiceField(label="W imieniu")
    kind = forms.ChoiceField(
        label="Co zgłaszasz",
        choices=[(value, label.capitalize()) for value, label in RiskKind.choices],
        widget=forms.RadioSelect,
    )
    text = LongText(
        label="Co się dzieje albo czym to grozi",
        rows=5,
        max_length=4000,
        help_text=f"Przeczytają to wszyscy członkowie zespołu. {_NO_FAMILIES}",
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

    def __init__(self, *args: Any, speaks_for: list[tuple[str, str]], **kwargs: Any) -> None:
        if len(speaks_for) == 1:
            kwargs["initial"] = {"of": speaks_for[0][0]}
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = speaks_for if len(speaks_for) == 1 else [("", "wybierz"), *speaks_for]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "of")}
        return {**apart, "values": values}


class AddDoneForm(GuardedForm, KeyedForm):
    """Says what was done."""

    MODEL = RiskStep
    text = LongText(label="Co zrobiono", rows=4, max_length=4000, help_text=_NO_FAMILIES)


class RiskReasonForm(GuardedForm, SeenForm):
    """Says what is done, how it ended or why it is withdrawn: the page names it."""

    reason = LongText(label="Dlaczego", rows=4, max_length=4000, help_text=_NO_FAMILIES)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class ToAgendaForm(SeenForm):
    """The meeting that takes it up."""

    meeting_id = forms.ChoiceField(label="Spotkanie", widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        if meetings:
            kwargs["initial"] = {"meeting_id": str(meetings[0].pk)}
        super().__init__(*args, **kwargs)
        field = self.fields["meeting_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(one.pk), f"{one.when}, {one.get_state_display()}") for one in meetings
        ]


class RisksFilter(FilterForm):
    """The risks of a list to show."""

    stan = any_of("Stan", "wszystkie", RiskState.choices)
    pilnosc = any_of("Pilność", "każda", Urgency.choices)
