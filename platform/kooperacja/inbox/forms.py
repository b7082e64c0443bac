"""The form of what an account wants to be written about."""

from django import forms

DAILY, NEVER = "codziennie", "nie"


class SummaryForm(forms.Form):
    """The choice about the daily summary."""

    summary = forms.ChoiceField(
        label="E-mail z podsumowaniem",
        widget=forms.RadioSelect,
        choices=[
            (DAILY, "Raz dziennie rano, gdy jest coś nowego"),
            (NEVER, "Nie wysyłaj podsumowania"),
        ],
    )
