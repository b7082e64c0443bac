"""Forms of further duties and own clauses (POR §2.3.6, POR-C §2.4.7)."""

from typing import Any

from django import forms

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import LongText
from kooperacja.ui.forms import KeyedForm, RowForm, VersionedForm
from tenants.agreements.models import Addition, Agreement
from tenants.agreements.numbering import DUTY


class AdditionForm(GuardedForm, RowForm):
    """A text that is added, and its place."""

    place = forms.ChoiceField(label="Gdzie", widget=forms.RadioSelect)
    text = LongText(
        label="Treść",
        rows=5,
        max_length=4900,  # the numbers that it cites may grow longer
        help_text="Obowiązek zacznij małą literą; średnik albo kropkę na jego końcu dopiszemy. "
        "Odsyłaj do numerów, które są w tekście teraz, na przykład „§ 2 ust. 3”: gdy się zmienią, "
        "odesłanie przeliczy się samo.",
    )

    class Meta:
        model = Addition
        fields = ("place", "heading", "text", "due_on", "party")
        labels = {"party": "Kto wykona"}
        help_texts = {
            "heading": "Tylko przy nowym paragrafie; może zostać pusty.",
            "due_on": "Tylko przy obowiązku; może zostać pusty. Termin stanie w tekście, a gdy "
            "porozumienie wejdzie w życie, obowiązek będzie ustaleniem zespołu.",
            "party": "Tylko przy obowiązku z terminem. Bez Strony pilnuje go ośrodek.",
        }

    def __init__(
        self, *args: Any, agreement: Agreement, places: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.choices = places
        parties: Any = self.fields["party"]
        parties.queryset = agreement.parties.all()
        parties.empty_label = "Strony wspólnie"

    def saved_now(self, current: Addition) -> dict[str, Any]:
        return {name: getattr(current, name) for name in self.Meta.fields}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("heading") and data.get("place") not in {None, "end"}:
            self.add_error("heading", "Tytuł może mieć tylko nowy paragraf.")
        check_term(self, data)
        return data


def check_term(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Only a duty has a day, and only with a day one party that does it."""
    is_duty = str(data.get("place") or DUTY).startswith(DUTY)
    for name in ("due_on", "party"):
        if data.get(name) and not is_duty:
            form.add_error(name, "To pole ma tylko dodatkowy obowiązek.")
    if data.get("party") and not data.get("due_on") and "due_on" not in form.errors:
        form.add_error("due_on", "Podaj termin, jeśli obowiązek ma wykonać jedna Strona.")


class NewAdditionForm(KeyedForm, AdditionForm):
    """Something that is added."""


class EditAdditionForm(VersionedForm, AdditionForm):
    """Something added that is changed."""
