"""The form that asks of which day the text of an agreement is read (POR)."""

from datetime import date
from typing import Any

from django import forms

from kooperacja.ui.fields import DayField
from kooperacja.ui.forms import FilterForm
from kooperacja.ui.polish import pl_date
from tenants.agreements.models import Agreement
from tenants.agreements.standing import day_read


class DayOfTextFilter(FilterForm):
    """The day of which the text is read: one on which the agreement was in force."""

    dzien = DayField(label="Tekst z dnia", required=False)

    def __init__(self, *args: Any, agreement: Agreement, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agreement, self._last = agreement, day_read(agreement, today)

    def clean_dzien(self) -> date | None:
        day: date | None = self.cleaned_data["dzien"]
        since, end = self._agreement.in_force_from, self._agreement.ended_on
        if day is None or since is None:
            return None
        if day < since:
            words = f"Porozumienie obowiązuje od {pl_date(since)} Wcześniejszego tekstu nie ma."
            raise forms.ValidationError(words)
        if end and day >= end:
            words = f"Porozumienie nie obowiązuje od {pl_date(end)} Wpisz wcześniejszy dzień."
            raise forms.ValidationError(words)
        if day > self._last:
            raise forms.ValidationError("Wpisz dzień nie późniejszy niż dzisiaj.")
        return day

    @property
    def day(self) -> date:
        """The day that was asked for, else the last one on which it could be read."""
        return self.chosen.get("dzien") or self._last
