"""Forms of the data protection registers (REG §8)."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from kooperacja.documents.forms import SignedFileForm, pdf_field
from kooperacja.guard.kinds import Kind
from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import FilterForm, KeyedForm, RowForm, VersionedForm, any_of, give
from kooperacja.ui.polish import sort_key
from tenants.data_protection import rules
from tenants.data_protection.gate import pairs_on
from tenants.data_protection.models import AgreementKind, DataScope, GuardRule, name_of, rule_of
from tenants.people.forms import InstitutionForm

OFFICE = "-"  # in a choice of person and institution: the Lider's office


class _Spell(forms.Form):
    """The first and the last day, in this order."""

    from_on = DayField(label="Obowiązuje od")
    until = DayField(
        label="Ostatni dzień obowiązywania",
        required=False,
        help_text="Zostaw puste, jeśli nie określono końca.",
    )


class _Processing(InstitutionForm):
    """Facts of the processing that GDPR art. 28(3) asks for."""

    scope = forms.ChoiceField(
        label="Zakres danych",
        choices=DataScope.choices,
        widget=forms.RadioSelect,
        help_text="Dane rodzin wolno pokazać pracownikom instytucji tylko na podstawie umowy o "
        "pierwszym zakresie.",
    )
    purpose = LongText(label="Przedmiot i cel przetwarzania", rows=3)
    data_kinds = LongText(label="Rodzaje danych", rows=3)
    person_categories = LongText(label="Kategorie osób", rows=3)
    case_mark = Line(label="Znak sprawy", max_length=60, required=False)


class AgreementDraftForm(_Spell, _Processing):
    """The values of the draft of an agreement."""

    field_order = ["organisation", "scope", "purpose", "data_kinds", "person_categories"]

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {"organisation_id": values.pop("organisation_id"), "values": values}


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
        "legal_basis",
    ]

    kind = forms.ChoiceField(
        label="Rodzaj",
        choices=AgreementKind.choices,
        widget=forms.RadioSelect,
        help_text="Powierzenie: instytucja przetwarza dane w imieniu Lidera. Współadministratorzy "
        "wspólnie ustalają cele i sposoby. Odrębni administratorzy udostępniają sobie dane, każdy "
        "na własnej podstawie prawnej i na własną odpowiedzialność; umowa powierzenia nie jest "
        "wtedy potrzebna.",
    )
    file = pdf_field(
        "Podpisany dokument",
        "Umowa, uzgodnienia albo notatka z ustaleń: skan w PDF albo plik z podpisami "
        "elektronicznymi, do 20 MB.",
    )
    legal_basis = LongText(
        label="Podstawa prawna udostępniania danych",
        required=False,
        rows=3,
        help_text="Tylko przy odrębnych administratorach: przepis, na podstawie którego każda ze "
        "stron przetwarza i udostępnia te dane.",
    )
    signed_on = DayField(label="Data podpisania")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if {"kind", "legal_basis"} <= data.keys():
            is_separate = data["kind"] == AgreementKind.SEPARATE
            if wrong := rules.basis_error(data["legal_basis"], is_separate=is_separate):
                self.add_error("legal_basis", wrong)
        return data

    def values(self) -> dict[str, Any]:
        values = super().values()
        own = ("key", "until", "is_electronic", "organisation_id")
        apart = {name: values.pop(name) for name in own}
        return {**apart, "upload": values.pop("file"), "values": values}


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
        give(self, "subject", [("", "wybierz z listy"), *_subjects()])

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

    position = Line(label="Stanowisko", max_length=120)
    scope = forms.ChoiceField(
        label="Zakres danych", choices=DataScope.choices, widget=forms.RadioSelect
    )
    purpose = Line(label="Cel przetwarzania", max_length=300)
    granted_by_name = Line(
        label="Kto nadaje",
        max_length=200,
        help_text="Osoba, która podpisuje upoważnienie w imieniu administratora danych.",
    )
    granted_on = DayField(label="Data nadania")
    file = pdf_field(
        "Podpisane upoważnienie",
        "Skan w PDF albo plik z podpisem elektronicznym, tylko gdy już je podpisano. Druk do podpisu powstanie po zapisaniu.",
        required=False,
    )

    def values(self) -> dict[str, Any]:
        given = super().values()
        row = ("position", "scope", "purpose", "granted_by_name", "granted_on", "from_on")
        values = {name: given.pop(name) for name in row}
        return {**given, "values": values}


class EarlyEndForm(forms.Form):
    """The day from which an entry of a register holds no longer, and the reason."""

    ended_on = DayField(label="Nie obowiązuje od dnia", help_text="Tego dnia już nie obowiązuje.")
    reason = Line(label="Powód", max_length=300)


class StatementForm(SignedFileForm, _Subject):
    """A statement on confidentiality that was signed and handed in."""

    field_order = ["subject", "file", "is_electronic"]

    file = pdf_field(
        "Podpisane oświadczenie", "Skan w PDF albo plik z podpisem elektronicznym, do 20 MB."
    )
    signed_on = DayField(label="Data podpisania")
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

    stan = any_of("Które wpisy", "obowiązujące", [("wszystkie", "wszystkie, także zakończone")])


class GuardRuleForm(VersionedForm, RowForm):
    """Says of each kind of personal data if it warns or blocks."""

    class Meta:
        model = GuardRule
        fields = tuple(map(rule_of, Kind))
        widgets = {rule_of(kind): forms.RadioSelect for kind in Kind}
