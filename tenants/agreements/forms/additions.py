"""Forms of further duties and own clauses (POR §2.3.6, POR-C §2.4.7)."""

from typing import Any

from django import forms

from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm, RowForm, VersionedForm
from tenants.agreements.models import Addition


class AdditionForm(RowForm):
    """A text that is added, and its place."""

    place = forms.ChoiceField(label="Gdzie", widget=forms.RadioSelect)
    text = LongText(
        label="Treść",
        rows=5,
        max_length=5000,
        help_text="Obowiązek zacznij małą literą; średnik albo kropkę na jego końcu dopiszemy.",
    )

    class Meta:
        model = Addition
        fields = ("place", "heading", "text")
        help_texts = {"heading": "Tylko przy nowym paragrafie; może zostać pusty."}

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.choices = places

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("heading") and data.get("place") not in {None, "end"}:
            self.add_error("heading", "Tytuł może mieć tylko nowy paragraf.")
        return data


class NewAdditionForm(KeyedForm, AdditionForm):
    """Something that is added."""


class EditAdditionForm(VersionedForm, AdditionForm):
    """Something added that is changed."""
