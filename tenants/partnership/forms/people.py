"""Forms of what an institution says of itself and of its people (REG §1.3.a, §1.8, §4.3)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput, KeyedForm, RowForm, SearchForm, VersionedForm
from tenants.partnership.models import Organisation, Person, Sector


class ProfileForm(VersionedForm, RowForm):
    """What members should know of the institution, and how to reach it."""

    website = forms.URLField(
        label="Strona internetowa", required=False, max_length=200, assume_scheme="https"
    )

    class Meta:
        model = Organisation
        fields = (
            "competences",
            "ways_of_working",
            "legal_basis",
            "email",
            "phone",
            "website",
            "edelivery",
        )
        widgets = dict.fromkeys(
            ("competences", "ways_of_working", "legal_basis"), forms.Textarea({"rows": 5})
        )
        help_texts = {
            "competences": "Czym się zajmuje i w czym może pomóc innym członkom.",
            "ways_of_working": "Jak pracuje: na przykład godziny, dyżury, wyjścia w teren.",
            "legal_basis": "Na przykład: ustawa o pomocy społecznej, statut.",
            "edelivery": "Zaczyna się od AE:PL-.",
        }


class _PersonForm(KeyedForm):
    """Who it is and from which day."""

    full_name = forms.CharField(label="Imię i nazwisko", max_length=200)
    email = forms.EmailField(label="Adres e-mail", required=False)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    from_on = forms.DateField(label="Od dnia", widget=DateInput, initial=timezone.localdate)


class NewCoordinatorForm(_PersonForm):
    """Whom the institution delegates."""

    position = forms.CharField(label="Stanowisko", max_length=120)
    email = forms.EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby: dostanie na niego zaproszenie.",
    )
    field_order = ("key", "full_name", "position", "email", "phone", "from_on")


class PostForm(_PersonForm):
    """What somebody is in the institution."""

    function = forms.CharField(
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
    """Whom the head indicates for ZZK; the office also says which head did."""

    position = forms.CharField(label="Stanowisko", max_length=120)
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

    ended_on = forms.DateField(
        label="Do dnia",
        widget=DateInput,
        initial=timezone.localdate,
        help_text="Tego dnia już nie obowiązuje.",
    )


class RosterFilter(SearchForm):
    """What to show of the roster; people are not searched for by name in an address."""

    szukaj = forms.CharField(
        label="Instytucja lub stanowisko",
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    sektor = forms.ChoiceField(
        label="Sektor", required=False, choices=[("", "wszystkie"), *Sector.choices]
    )
