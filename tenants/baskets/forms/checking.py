"""Forms of the rounds in which owners confirm their services (REG §3.5.a)."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from kooperacja.ui.forms import KeyedForm, give
from tenants.baskets.actions.checking import CHANGED, ENDED, TRUE
from tenants.baskets.forms.entries import HowForm
from tenants.baskets.models.cards import OF_OTHERS
from tenants.baskets.models.checks import CheckCall
from tenants.baskets.models.services import Service

_ANSWERS = (
    (TRUE, "opis jest nadal prawdziwy"),
    (CHANGED, "coś się zmieniło, poprawię opis"),
    (ENDED, "tej usługi już nie ma"),
)


class CheckAnswerForm(HowForm):
    """One answer for each due service of a card; what is left out stays to be answered."""

    template_name = "components/_clauses_form.html"

    def __init__(self, *args: Any, due: Sequence[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for service in due:
            self.fields[str(service.pk)] = forms.ChoiceField(
                label=service.name, choices=_ANSWERS, widget=forms.RadioSelect, required=False
            )
        self._names = [str(service.pk) for service in due]

    @property
    def others(self) -> Iterator[BoundField]:
        """Whatever is asked of all of them together."""
        return (one for one in self.visible_fields() if one.name not in self._names)

    @property
    def paragraphs(self) -> list[tuple[str, list[BoundField]]]:
        return [("Usługi", [self[name] for name in self._names])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in self._names) and not self.errors:
            raise forms.ValidationError("Wybierz odpowiedź przynajmniej przy jednej usłudze.")
        return data

    def values(self) -> dict[str, Any]:
        said = ((UUID(name), self.cleaned_data[name]) for name in self._names)
        return {"how": self.cleaned_data["how"], "answers": {pk: one for pk, one in said if one}}


class CallForm(KeyedForm):
    """How the office tried to reach the owner of a card."""

    MODEL = CheckCall

    how = forms.ChoiceField(label="Jak", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "how", OF_OTHERS)
