"""Forms of teams, and of those who write in the name of one of their sides."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kooperacja.ui.fields import DayField, SearchField
from kooperacja.ui.forms import FilterForm, give


class SeatsFilter(FilterForm):
    """The day of which the seats are shown, and which of them."""

    dzien = DayField(label="Stan na dzień", required=False)
    szukaj = SearchField("Osoba albo instytucja")


class InNameForm(forms.Form):
    """Asks in the name of which institution; where there is but one, it is chosen already."""

    of = forms.ChoiceField(label="W imieniu")

    def __init__(self, *args: Any, speaks_for: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        if len(speaks_for) == 1:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), "of": speaks_for[0][0]}
        super().__init__(*args, **kwargs)
        give(self, "of", speaks_for if len(speaks_for) == 1 else [("", "wybierz"), *speaks_for])
