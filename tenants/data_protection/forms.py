"""Forms of the data protection registers (REG §8)."""

from typing import Any
from uuid import UUID

from django import forms

from kooperacja.documents.forms import SignedFileForm
from kooperacja.ui.forms import DateInput, FilterForm, KeyedForm
from tenants.data_protection.models import AgreementKind, DataScope
from tenants.people.models import Organisation

OFFICE = "-"  # in a choice of person and institution: the Lider's office
_PDF = {"accept": "application/pdf,.pdf"}


class _Spell(forms.Form):
    """From when to when; the days are checked in order."""

    from_on = forms.DateField(label="Obowiązuje od", widget=DateInput)
    until = forms.DateField(
        label="Ostatni dzień obowiązywania",
        widget=DateInput,
        required=False,
        help_text="Zostaw puste, jeśli nie określono końca.",
    )


class _Processing(forms.Form):
    """What GDPR art. 28(3) wants said of the processing."""

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
    purpose = forms.CharField(
        label="Przedmiot i cel przetwarzania", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    data_kinds = forms.CharField(
        label="Rodzaje danych", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    person_categories = forms.CharField(
        label="Kategorie osób", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    case_mark = forms.CharField(label="Znak sprawy", max_length=60, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AgreementDraftForm(_Spell, _Processing):
    """What the draft of the agreement is filled with."""

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


class _Subject(forms.Form):
    """A person at an institution, or in the Lider's office."""

    subject = forms.ChoiceField(label="Osoba")

    def __init__(self, *args: Any, subjects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "wybierz z listy"), *subjects]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        person_id, _, place = str(values.pop("subject")).partition(":")
        values["subject_id"] = UUID(person_id)
        values["organisation_id"] = None if place == OFFICE else UUID(place)
        values["upload"] = values.pop("file")
        return values


class AuthorisationForm(KeyedForm, SignedFileForm, _Spell, _Subject):
    """Whom one authorises, for what and until when."""

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
    """From which day an entry of a register holds no longer, and why."""

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
    """What to show of a register."""

    stan = forms.ChoiceField(
        label="Pokaż",
        required=False,
        choices=[("", "obowiązujące"), ("wszystkie", "wszystkie, także zakończone")],
    )
