"""Forms of the numbers of agreements (POR-C signatures)."""

from typing import ClassVar

from django import forms

from kooperacja.ui.fields import NumberField
from kooperacja.ui.forms import FilterForm, RowForm, VersionedForm
from tenants.agreements import rules
from tenants.agreements.models import NumberRule

CANCELLED = "anulowane"


class NumberRuleForm(VersionedForm, RowForm):
    """The way in which agreements get their numbers."""

    class Meta:
        model = NumberRule
        fields = ("is_typed", "pattern")
        labels: ClassVar = {"is_typed": "Numery nadaje nasz EZD, a my je wpisujemy"}
        help_texts: ClassVar = {
            "is_typed": "Numer wpiszesz wtedy sam, gdy przekazujesz porozumienie do podpisu.",
            "pattern": "{nr} to kolejny numer w roku, {rok} to rok: z POR/{nr}/{rok} powstanie "
            "POR/1/2026. Gdy numery nadaje EZD, wzór czeka nieużywany.",
        }

    def clean_pattern(self) -> str:
        pattern = str(self.cleaned_data["pattern"])
        if wrong := rules.wrong_pattern(pattern):
            raise forms.ValidationError(wrong)
        return pattern


class NumbersFilter(FilterForm):
    """Numbers of one year; those that were cancelled."""

    rok = NumberField(label="Rok", required=False, min_value=2000, max_value=2999)
    stan = forms.ChoiceField(
        label="Numery", required=False, choices=[("", "wszystkie"), (CANCELLED, CANCELLED)]
    )
