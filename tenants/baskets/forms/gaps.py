"""Forms of a gap of the basket: for whom it is, when it will be closed (REG §5.1.h)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import DayField
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.baskets.models.gaps import Gap
from tenants.services.terms import Group
from tenants.services.vocabulary import vocabulary


def _kinds() -> list[tuple[str, Any]]:
    return [("", "wybierz"), *vocabulary().choices()]


class MarkGapForm(KeyedForm):
    """A gap that the Lider sees to."""

    MODEL = Gap

    type_code = forms.ChoiceField(label="Rodzaj pomocy", choices=_kinds)
    group = forms.ChoiceField(label="Dla kogo", choices=[("", "wybierz"), *Group.choices])
    planned_on = DayField(
        label="Od kiedy ma działać",
        required=False,
        help_text="Zostaw puste, jeśli szukacie dopiero instytucji.",
    )


class PlanGapForm(VersionedForm):
    """The day from which somebody will give it."""

    planned_on = DayField(label="Od kiedy ma działać")
