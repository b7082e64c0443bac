"""Forms of disputes (REG §10)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import KeyedForm, SeenForm, give
from tenants.dialogue.models.disputes import Dispute, DisputeStep, Proposal, StepKind
from tenants.dialogue.workflow import DisputeState
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm

Choices = list[tuple[str, str]]
_READ_BY = "Przeczytają to tylko strony sporu i mediator."


class ReportDisputeForm(GuardedForm, InNameForm, KeyedForm):
    """Names the parties and says what it is about."""

    MODEL = Dispute
    against = forms.MultipleChoiceField(
        label="Z kim jest spór", widget=forms.CheckboxSelectMultiple
    )
    subject = Line(label="Czego dotyczy", max_length=200, help_text=NO_FAMILIES)
    text = LongText(
        label="Na czym polega i czego oczekujecie",
        rows=6,
        max_length=6000,
        help_text=f"{_READ_BY} {NO_FAMILIES}",
    )
    is_about_families = forms.BooleanField(
        label="Spór dotyczy pracy z rodziną",
        required=False,
        help_text="Opisz wtedy samą współpracę instytucji; rodziny nie można tu wskazać.",
    )

    def __init__(self, *args: Any, speaks_for: Choices, all_sides: Choices, **kwargs: Any) -> None:
        super().__init__(*args, speaks_for=speaks_for, **kwargs)
        is_alone = len(speaks_for) == 1
        give(self, "against", (one for one in all_sides if not (is_alone and one in speaks_for)))


class MediatorForm(GuardedForm, KeyedForm):
    """Names somebody of the team, or anybody else."""

    MODEL = Proposal
    # Whoever mediates is named by their name.
    UNGUARDED = frozenset({"name"})

    mediator_id = forms.ChoiceField(label="Osoba z zespołu", required=False)
    name = Line(
        label="Albo ktoś spoza zespołu",
        max_length=200,
        required=False,
        help_text="Imię, nazwisko i skąd jest. Ta osoba nie dostanie konta; przebieg zapiszą strony.",
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "mediator_id", [("", "nikt z zespołu"), *people])

    def clean(self) -> None:
        if self.errors:
            return
        if bool(self.cleaned_data["mediator_id"]) == bool(self.cleaned_data["name"]):
            raise forms.ValidationError(
                {"mediator_id": "Wybierz osobę z zespołu albo wpisz kogoś spoza niego."}
            )

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {**values, "mediator_id": values["mediator_id"] or None}


class SettlementForm(GuardedForm, KeyedForm):
    """Says on what the parties should agree."""

    MODEL = Proposal
    text = LongText(
        label="Na co strony mają się zgodzić",
        rows=6,
        max_length=6000,
        help_text=f"Spór skończy się tak, gdy zgodzi się każda strona. {_READ_BY}",
    )


class ProposalAnswerForm(GuardedForm, SeenForm):
    """Agrees, or says why not."""

    is_agreed = forms.TypedChoiceField(
        label="Odpowiedź",
        choices=[("tak", "Zgadzamy się"), ("nie", "Nie zgadzamy się")],
        coerce=lambda value: value == "tak",
        widget=forms.RadioSelect,
    )
    reason = LongText(
        label="Dlaczego nie",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Potrzebne tylko wtedy, gdy się nie zgadzacie.",
    )

    def clean(self) -> None:
        if self.errors or self.cleaned_data["is_agreed"]:
            return
        if not self.cleaned_data["reason"]:
            raise forms.ValidationError({"reason": "Napisz, dlaczego się nie zgadzacie."})


class DisputeStepForm(GuardedForm, KeyedForm):
    """Says what was done, and on which day."""

    MODEL = DisputeStep
    kind = forms.ChoiceField(
        label="Co zrobiono",
        choices=[(value, label.capitalize()) for value, label in StepKind.choices],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Dnia", initial=timezone.localdate)
    text = LongText(label="Przebieg", rows=5, max_length=6000, help_text=_READ_BY)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ten dzień jeszcze nie nadszedł.")
        return day


class EndDisputeForm(GuardedForm, SeenForm):
    """Says how the mediation ended."""

    to = forms.ChoiceField(
        label="Jak się skończyło",
        choices=[
            (DisputeState.SETTLED, "Ugodą, którą strony zawarły na piśmie albo ustnie"),
            (DisputeState.UNSETTLED, "Bez ugody"),
        ],
        widget=forms.RadioSelect,
    )
    result = LongText(label="Co ustalono", rows=5, max_length=6000, help_text=_READ_BY)


class WithdrawDisputeForm(GuardedForm, SeenForm):
    """Says why it is taken back."""

    result = LongText(label="Dlaczego", rows=3, max_length=2000, help_text=_READ_BY)
