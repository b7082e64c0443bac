"""The day of the register (REG §5.1.a)."""

from datetime import date

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput


class MembersFilter(forms.Form):
    """The day of which the register is shown."""

    dzien = forms.DateField(label="Stan na dzień", required=False, widget=DateInput)

    def clean_dzien(self) -> date | None:
        day: date | None = self.cleaned_data["dzien"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                "Rejestr można zobaczyć na dziś albo na dzień z przeszłości."
            )
        return day
