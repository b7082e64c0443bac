"""The parts that forms share: in whose name something is done, and what does not belong there."""

from collections.abc import Sequence
from typing import Any

from django import forms

NO_FAMILIES = "Nie wpisuj danych rodzin ani osób, którym pomagacie."


class InNameForm(forms.Form):
    """Asks in the name of which institution; where there is but one, it is chosen already."""

    of = forms.ChoiceField(label="W imieniu")

    def __init__(self, *args: Any, speaks_for: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        if len(speaks_for) == 1:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), "of": speaks_for[0][0]}
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = speaks_for if len(speaks_for) == 1 else [("", "wybierz"), *speaks_for]
