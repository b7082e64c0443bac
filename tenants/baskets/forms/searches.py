"""Forms of the searches that a reader keeps (REG §3.4)."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kooperacja.ui.fields import Line
from kooperacja.ui.forms import KeyedForm, VersionedForm
from tenants.baskets.forms.basket import BasketFilter
from tenants.baskets.models.searches import SavedSearch

_PASSING = "teraz"  # asks of this moment, so that no later day answers it
_LONGEST = 1000


def _name() -> Line:
    return Line(label="Nazwa", max_length=100, help_text="Widzisz ją tylko Ty. Bez nazwisk.")


class SaveSearchForm(KeyedForm):
    """Keeps what was looked for, under a name."""

    MODEL = SavedSearch
    name = _name()
    query = Line(max_length=_LONGEST, required=False, widget=forms.HiddenInput, keeps_draft=False)

    def __init__(
        self, *args: Any, read: Callable[[QueryDict], BasketFilter], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._read = read

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"key": data["key"], "name": data["name"], "choices": self._choices}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._choices = choices_of(self._read(QueryDict(data.get("query", ""))))
        if not self._choices:
            raise ValidationError("Najpierw wybierz w koszyku, czego szukasz.")
        return data


class RenameSearchForm(VersionedForm):
    """Gives it another name."""

    name = _name()

    def saved_now(self, current: SavedSearch) -> dict[str, Any]:
        return {"name": current.name}


def choices_of(form: BasketFilter) -> dict[str, Any]:
    """The choices that can be looked for on any day."""
    return {name: one for name, one in form.chosen.items() if one and name != _PASSING}


def words_of(form: BasketFilter, choices: Mapping[str, Any]) -> str:
    """The choices in words, as the filter calls them."""
    said = (_word(form, name, choices[name]) for name in form.fields if name in choices)
    return ", ".join(filter(None, said))


def _word(form: BasketFilter, name: str, choice: Any) -> str:
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return str(field.label).lower()
    if not isinstance(field, forms.ChoiceField):
        return str(choice)
    known: Any = field.choices
    return {str(code): str(label) for code, label in known}.get(choice, "")
