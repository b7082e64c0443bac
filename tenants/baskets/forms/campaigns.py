"""Forms of campaigns in which the basket is confirmed (REG §3.5.a)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, Line
from kooperacja.ui.forms import KeyedForm, SearchForm, any_of
from tenants.baskets.models.campaigns import Campaign, Progress


class CampaignForm(KeyedForm):
    """The name of a campaign and its time."""

    MODEL = Campaign

    name = Line(label="Nazwa", max_length=200, help_text="Na przykład: Potwierdzanie jesień 2026.")
    from_on = DayField(label="Od dnia", initial=timezone.localdate)
    until_on = DayField(
        label="Do dnia",
        help_text="Obejmie usługi, których termin potwierdzenia minął albo minie do tego dnia.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            raise forms.ValidationError({"until_on": "Ostatni dzień jest wcześniej niż pierwszy."})
        return data


class CampaignFilter(SearchForm):
    """The cards of a campaign to show."""

    stan = any_of("Stan", "każdy", Progress.choices)
