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
            f"{quoted(one.name)} ({one.service.card.owner})" for one in (pair.first, pair.second)
        )
        verdicts = [
            (TWO, "Nie, to nie duplikat: zostają obie"),
            (FIRST, f"Tak. Zostaje pierwsza: {first}. Druga się kończy"),
            (SECOND, f"Tak. Zostaje druga: {second}. Pierwsza się kończy"),
        ]
        give(self, "verdict", verdicts)
