"""Forms of a gap of the basket: for whom it is, when it will be closed (REG §5.1.h)."""

from django import forms

from kooperacja.ui.fields import DayField
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.baskets.models.gaps import Gap
from tenants.services.terms import Group
from tenants.services.types import areas, types

_KINDS = [
    (area.name, [(one.code, one.name) for one in types() if one.area == area]) for area in areas()
]


class MarkGapForm(KeyedForm):
    """A gap that the Lider sees to."""

    MODEL = Gap

    type_code = forms.ChoiceField(label="Rodzaj pomocy", choices=[("", "wybierz"), *_KINDS])
    group = forms.ChoiceField(label="Dla kogo", choices=[("", "wybierz"), *Group.choices])
    planned_on = DayField(
        label="Od kiedy ma działać",
        required=False,
        help_text="Zostaw puste, jeśli szukacie dopiero instytucji.",
    )


class PlanGapForm(VersionedForm):
    """The day from which somebody will give it."""

    planned_on = DayField(label="Od kiedy ma działać")
