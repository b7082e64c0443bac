"""Forms of the data protection registers (REG §8)."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import SignedFileForm
from kooperacja.ui.forms import DateInput, FilterForm, KeyedForm
from kooperacja.ui.polish import sort_key
from tenants.data_protection.gate import pairs_on
from tenants.data_protection.models import AgreementKind, DataScope, name_of
from tenants.people.models import Organisation

OFFICE = "-"  # in a choice of person and institution: the Lider's office
_PDF = {"accept": "application/pdf,.pdf"}


class _Spell(forms.Form):
    """The first and the last day, in this order."""

    from_on = forms.DateField(label="Obowiązuje od", widget=DateInput)
    until = forms.DateField(
        label="Ostatni dzień obowiązywania",
        widget=DateInput,
        required=False,
        help_text="Zostaw puste, jeśli nie określono końca.",
    )


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": 3}), max_length=2000)


class _Processing(forms.Form):
    """Facts of the processing that GDPR art. 28(3) asks for."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Instytucja", empty_label="wybierz z listy"
    )
    scope = forms.ChoiceField(
        label="Zakres danych",
        choices=DataScope.choices,
        widget=forms.RadioSelect,
        help_text="Dane rodzin wolno pokazać pracownikom instytucji tylko na podstawie umowy o "
        "pierwszym zakresie.",
    )
    purpose = _text("Przedmiot i cel przetwarzania")
    data_kinds = _text("Rodzaje danych")
    person_categories = _text("Kategorie osób")
    case_mark = forms.CharField(label="Znak sprawy", max_length=60, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AgreementDraftForm(_Spell, _Processing):
    """The values of the draft of an agreement."""

    field_order = ["organisation", "scope", "purpose", "data_kinds", "person_categories"]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"organisation_id": values.pop("organisation").pk, "values": values}


class AgreementForm(KeyedForm, SignedFileForm, _Spell, _Processing):
    """An agreement that was signed."""

    field_order = [
        "key",
        "organisation",
        "kind",
        "file",
        "is_electronic",
        "signed_on",
        "from_on",
        "until",
        "scope",
    ]

    kind = forms.ChoiceField(
        label="Rodzaj", choices=AgreementKind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="Podpisana umowa (PDF)",
        widget=forms.ClearableFileInput(_PDF),
        help_text="Skan albo plik z podpisami elektronicznymi, do 20 MB.",
    )
    signed_on = forms.DateField(label="Data podpisania", widget=DateInput)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "until", "is_electronic")}
        apart |= {"organisation_id": values.pop("organisation").pk, "upload": values.pop("file")}
        return {**apart, "values": values}


def _subjects() -> list[tuple[str, str]]:
    """Everybody who may be authorised today, each in one place, in Polish order."""
    people = [
        (f"{person_id}:{pk or OFFICE}", f"{person.full_name}, {name_of(organisation)}")
        for (person_id, pk), (person, organisation) in pairs_on(timezone.localdate()).items()
    ]
    return sorted(people, key=lambda choice: sort_key(choice[1]))


class _Subject(forms.Form):
    """A person at an institution, or in the Lider's office."""

    subject = forms.ChoiceField(label="Osoba")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "wybierz z listy"), *_subjects()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        person_id, _, place = str(values.pop("subject")).partition(":")
        values["subject_id"] = UUID(person_id)
        values["organisation_id"] = None if place == OFFICE else UUID(place)
        values["upload"] = values.pop("file")
        return values


class AuthorisationForm(KeyedForm, SignedFileForm, _Spell, _Subject):
    """A person to be authorised, with the scope, the purpose and the days."""

    field_order = [
        "key",
        "subject",
        "position",
        "scope",
        "purpose",
        "granted_by_name",
        "granted_on",
        "from_on",
        "until",
        "file",
    ]

    position = forms.CharField(label="Stanowisko", max_length=120)
    scope = forms.ChoiceField(
        label="Zakres danych", choices=DataScope.choices, widget=forms.RadioSelect
    )
    purpose = forms.CharField(label="Cel przetwarzania", max_length=300)
    granted_by_name = forms.CharField(
        label="Kto nadaje",
        max_length=200,
        help_text="Osoba, która podpisuje upoważnienie w imieniu administratora danych.",
    )
    granted_on = forms.DateField(label="Data nadania", widget=DateInput)
    file = forms.FileField(
        label="Podpisane upoważnienie (PDF)",
        required=False,
        widget=forms.ClearableFileInput(_PDF),
        help_text="Tylko gdy już je podpisano. Druk do podpisu powstanie po zapisaniu.",
    )

    def values(self) -> dict[str, Any]:
        given = super().values()
        row = ("position", "scope", "purpose", "granted_by_name", "granted_on", "from_on")
        values = {name: given.pop(name) for name in row}
        return {**given, "values": values}


class EarlyEndForm(forms.Form):
    """The day from which an entry of a register holds no longer, and the reason."""

    ended_on = forms.DateField(
        label="Nie obowiązuje od dnia", widget=DateInput, help_text="Tego dnia już nie obowiązuje."
    )
    reason = forms.CharField(label="Powód", max_length=300)


class StatementForm(SignedFileForm, _Subject):
    """A statement on confidentiality that was signed and handed in."""

    field_order = ["subject", "file", "is_electronic"]

    file = forms.FileField(
        label="Podpisane oświadczenie (PDF)", widget=forms.ClearableFileInput(_PDF)
    )
    signed_on = forms.DateField(label="Data podpisania", widget=DateInput)
    has_read_annex = forms.BooleanField(
        label="Na tym samym piśmie potwierdzono zapoznanie się z załącznikiem nr 3",
        required=False,
    )


class OwnStatementForm(forms.Form):
    """For which of one's institutions one makes the statement; none is the Lider's office."""

    organisation_id = forms.UUIDField(required=False)


class DataRulesForm(forms.Form):
    """The version of the regulation whose annex 3 was read."""

    regulation_id = forms.UUIDField()


class DataRegisterFilter(FilterForm):
    """The entries of a register to show."""

    stan = forms.ChoiceField(
        label="Pokaż",
        required=False,
        choices=[("", "obowiązujące"), ("wszystkie", "wszystkie, także zakończone")],
    )
