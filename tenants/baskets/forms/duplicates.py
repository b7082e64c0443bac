"""The form in which the Lider says of two services that look alike if they are one (REG §3.3)."""

from typing import Any

from django import forms

from kooperacja.ui.forms import give
from kooperacja.ui.polish import quoted
from tenants.baskets.duplicates import Pair

TWO, FIRST, SECOND = "TWO", "FIRST", "SECOND"


class DuplicateForm(forms.Form):
    """They are two, or one of them stays."""

    verdict = forms.ChoiceField(label="Czy to ta sama usługa", widget=forms.RadioSelect)

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = (
            f"Tak. Zostaje {quoted(one.name)} ({one.service.card.owner}), druga się kończy"
            for one in (pair.first, pair.second)
        )
        two = (TWO, "Nie, to nie duplikat: zostają obie")
        give(self, "verdict", [two, (FIRST, first), (SECOND, second)])
