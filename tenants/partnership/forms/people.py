"""Forms of people in institutions (REG §1.3, §4.3)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, EmailField, Line, PhoneField
from kooperacja.ui.forms import Asked, AskingForm, KeyedForm
from tenants.people.forms import NamesPerson
from tenants.people.models import Person


class _PersonForm(NamesPerson, KeyedForm):
    """A person, and the day from which something holds."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    email = EmailField(label="Adres e-mail", required=False)
    phone = PhoneField()
    from_on = DayField(label="Od dnia", initial=timezone.localdate)


class NewCoordinatorForm(_PersonForm):
    """The person whom the institution delegates."""

    MAY_LACK_ADDRESS = True
    position = Line(label="Stanowisko", max_length=120)
    email = EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby: dostanie na niego zaproszenie.",
    )
    field_order = ("key", "full_name", "position", "email", "phone", "from_on")


class PostForm(_PersonForm):
    """A person's function in the institution."""

    function = Line(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: dyrektor, komendant powiatowy, główna księgowa.",
    )
    is_head = forms.BooleanField(label="Kieruje instytucją", required=False)
    is_invited = forms.BooleanField(
        label="Zaproś tę osobę do Kooperacji jako kierującą instytucją",
        required=False,
        help_text="Będzie mogła wskazywać koordynatorów i pracowników do ZZK.",
    )
    field_order = (
        *("key", "full_name", "function", "is_head", "email", "phone", "from_on", "is_invited"),
    )


class WorkerForm(_PersonForm):
    """A worker for ZZK; the office also says which head indicated them."""

    position = Line(label="Stanowisko", max_length=120)
    head = forms.ModelChoiceField(
        Person.objects.none(),
        label="Kto wskazał",
        required=False,
        empty_label="wybierz z listy",
        help_text="Osoba, która tego dnia kierowała instytucją.",
    )
    field_order = ("key", "head", "full_name", "position", "email", "phone", "from_on")

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heads is None:  # the head itself fills this in
            del self.fields["head"]
        else:
            self.fields["head"].queryset = heads  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        head = values.pop("head", None)
        return {**values, "head_id": head.pk if head else None}


class EndForm(forms.Form):
    """The first day on which it no longer holds."""

    ended_on = DayField(
        label="Nie obowiązuje od dnia",
        initial=timezone.localdate,
        help_text="Tego dnia już nie obowiązuje.",
    )


class EndRoleForm(AskingForm, EndForm):
    """The same for whoever speaks for an institution; names what they did since that day."""

    def __init__(self, *args: Any, acts: Callable[[date], list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._acts = acts

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("ended_on")
        # On the last day itself nobody knows what came first.
        if day and day < timezone.localdate() and (acts := self._acts(day)):
            words = "Od tego dnia ta osoba działała jeszcze w imieniu instytucji."
            key = f"{day}|{len(acts)}"
            self.ask(words, Asked(key, "Zakończ", "partnership/_acts.html", acts))
        return data
