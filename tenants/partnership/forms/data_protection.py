"""Forms of the data protection registers (REG §8)."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput, KeyedForm
from tenants.partnership import rules
from tenants.partnership.forms.common import SignedFileForm
from tenants.partnership.models import AgreementKind, DataScope, Organisation

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
    signed_field = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        signed_on = data.get(self.signed_field)
        today = timezone.localdate()
        wrong = rules.spell_error(data.get("from_on"), data.get("until"), signed_on, today)
        if wrong:
            field = self.signed_field if wrong[0] == "signed_on" else wrong[0]
            self.add_error(field or None, wrong[1])
        return data


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
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}


class AgreementForm(KeyedForm, SignedFileForm, _Spell, _Processing):
    """An agreement that was signed."""

    signed_field = "signed_on"
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
        apart = {"key", "organisation", "file", "is_electronic", "until"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class _Subject(forms.Form):
    """A person at an institution, or in the Lider's office."""

    subject = forms.ChoiceField(label="Osoba")

    def __init__(self, *args: Any, subjects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "wybierz z listy"), *subjects]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[UUID, UUID | None]:
        person_id, _, organisation_id = str(self.cleaned_data["subject"]).partition(":")
        return UUID(person_id), None if organisation_id == OFFICE else UUID(organisation_id)


class AuthorisationForm(KeyedForm, SignedFileForm, _Spell, _Subject):
    """Whom one authorises, for what and until when."""

    signed_field = "granted_on"
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
        apart = {"key", "subject", "file", "is_electronic", "until"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class EarlyEndForm(forms.Form):
    """From which day an entry of a register holds no longer, and why."""

    ended_on = forms.DateField(
        label="Nie obowiązuje od dnia", widget=DateInput, help_text="Tego dnia już nie obowiązuje."
    )
    reason = forms.CharField(label="Powód", max_length=300)

    def __init__(self, *args: Any, from_on: date, known_end: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.from_on, self.known_end = from_on, known_end

    def clean_ended_on(self) -> date:
        day: date = self.cleaned_data["ended_on"]
        if wrong := rules.early_end_error(day, self.from_on, self.known_end):
            raise forms.ValidationError(wrong)
        return day


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

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Data podpisania nie może być z przyszłości.")
        return day


class DataRegisterFilter(forms.Form):
    """What to show of a register."""

    stan = forms.ChoiceField(
        label="Pokaż",
        required=False,
        choices=[("", "obowiązujące"), ("wszystkie", "wszystkie, także zakończone")],
    )
