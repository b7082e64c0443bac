"""Forms of the partnership; hidden fields keep one form from being saved twice or too late."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.ui.forms import DateInput, SearchForm
from tenants.partnership import rules
from tenants.partnership.models import (
    AccessibilityStatement,
    Organisation,
    Partnership,
    RegulationVersion,
    Sector,
)
from tenants.partnership.workflow import SignatureMode
from tenants.registry.roles import Role


class KeyedForm(forms.Form):
    """Carries the id of the row it will make, so that sent twice it makes one."""

    klucz = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class VersionedForm(forms.Form):
    """Carries the version its reader saw, so that nobody's later change is lost."""

    wersja = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "wersja"}


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The data of an institution."""

    website = forms.URLField(
        label="Strona internetowa", required=False, max_length=200, assume_scheme="https"
    )

    class Meta:
        model = Organisation
        fields = (
            "name",
            "sector",
            "legal_form",
            "nip",
            "regon",
            "krs",
            "street",
            "postal_code",
            "city",
            "email",
            "phone",
            "website",
            "edelivery",
        )
        help_texts = {
            "name": "Tak jak w statucie albo w akcie powołania.",
            "legal_form": "Na przykład: jednostka budżetowa, stowarzyszenie, spółka z o.o.",
            "regon": "9 albo 14 cyfr. Po tym numerze poznajemy, czy instytucja jest już wpisana.",
            "krs": "Tylko gdy instytucja jest w Krajowym Rejestrze Sądowym.",
            "edelivery": "Zaczyna się od AE:PL-.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", "wybierz z listy"), *Sector.choices]  # type: ignore[attr-defined]
        for name in ("nip", "regon", "krs"):
            # People write numbers with spaces and hyphens; those go away before the length counts.
            self.fields[name] = forms.CharField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                required=False,
                max_length=40,
                widget=forms.TextInput({"inputmode": "numeric"}),
            )

    def clean_nip(self) -> str:
        return self._number("nip", rules.nip_error)

    def clean_krs(self) -> str:
        return self._number("krs", rules.krs_error)

    def clean_regon(self) -> str:
        number = self._number("regon", rules.regon_error)
        same = Organisation.objects.filter(regon=number).exclude(pk=self.instance.pk).first()
        if number and same is not None:
            raise forms.ValidationError(f"Ten numer ma już wpisana instytucja „{same.name}”.")
        return number

    def clean_postal_code(self) -> str:
        code = str(self.cleaned_data["postal_code"])
        if code and not rules.is_postal_code(code):
            raise forms.ValidationError("Kod pocztowy ma postać 47-320.")
        return code

    def _number(self, name: str, error: Any) -> str:
        number = rules.compact(str(self.cleaned_data[name]))
        if wrong := error(number):
            raise forms.ValidationError(wrong)
        return number

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewOrganisationForm(KeyedForm, OrganisationForm):
    """An institution that is entered now."""


class EditOrganisationForm(VersionedForm, OrganisationForm):
    """An institution whose data are corrected."""

    def values(self) -> dict[str, Any]:
        return OrganisationForm.values(self)


class OrganisationsFilter(SearchForm):
    """What to show of the list of institutions."""

    sektor = forms.ChoiceField(
        label="Sektor", required=False, choices=[("", "wszystkie"), *Sector.choices]
    )
    czlonkostwo = forms.ChoiceField(
        label="Członkostwo",
        required=False,
        choices=[("", "wszystkie"), ("tak", "członkowie"), ("nie", "pozostałe")],
    )


class MembersFilter(forms.Form):
    """The day of which the register is shown."""

    dzien = forms.DateField(label="Stan na dzień", required=False, widget=DateInput)

    def clean_dzien(self) -> date | None:
        day: date | None = self.cleaned_data["dzien"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                "Rejestr można zobaczyć na dziś albo na dzień z przeszłości."
            )
        return day


class NewDeclarationForm(KeyedForm):
    """Whose declaration it is."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Instytucja", empty_label="wybierz z listy"
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class SignatoryForm(VersionedForm):
    """Who signs for the institution."""

    full_name = forms.CharField(label="Imię i nazwisko", max_length=200)
    function = forms.CharField(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: dyrektor, komendant powiatowy, prezes zarządu.",
    )
    email = forms.EmailField(label="Adres e-mail", required=False)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)


class CoordinatorForm(VersionedForm):
    """Whom the institution delegates to the partnership."""

    full_name = forms.CharField(label="Imię i nazwisko", max_length=200)
    position = forms.CharField(label="Stanowisko", max_length=120)
    email = forms.EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby: po przyjęciu instytucji dostanie na niego zaproszenie.",
    )
    phone = forms.CharField(label="Telefon", max_length=40, required=False)


class FilingForm(forms.Form):
    """The signed document and what it says."""

    file = forms.FileField(
        label="Podpisana deklaracja (PDF)",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
        help_text="Skan podpisanego druku albo plik z podpisem elektronicznym, do 20 MB.",
    )
    mode = forms.ChoiceField(
        label="Jak ją podpisano",
        choices=SignatureMode.choices,
        widget=forms.RadioSelect,
        initial=SignatureMode.PAPER_SCAN,
    )
    signed_on = forms.DateField(label="Data podpisania", widget=DateInput)
    signed_place = forms.CharField(label="Miejsce podpisania", max_length=100, required=False)
    received_on = forms.DateField(label="Data wpływu do Lidera", widget=DateInput)
    regulation_id = forms.BooleanField(label="Instytucja akceptuje regulamin")
    publish_consent = forms.BooleanField(
        label="Instytucja zgadza się na publikację w wykazie członków", required=False
    )
    case_mark = forms.CharField(label="Znak sprawy", max_length=60, required=False)

    def __init__(self, *args: Any, regulation: RegulationVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regulation = regulation
        self.fields[
            "regulation_id"
        ].label = f"Instytucja akceptuje obowiązujący regulamin: {regulation}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wrong = rules.declaration_dates_error(
            data.get("signed_on"), data.get("received_on"), timezone.localdate()
        )
        if wrong:
            self.add_error(*wrong)
        return data

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["upload"] = values.pop("file")
        values["regulation_id"] = self.regulation.pk
        return values


class AcceptanceForm(forms.Form):
    """From which day the institution is a member."""

    decided_on = forms.DateField(
        label="Data decyzji", widget=DateInput, help_text="Od tego dnia instytucja jest członkiem."
    )

    def __init__(
        self, *args: Any, received_on: date, last_ended_on: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.received_on, self.last_ended_on = received_on, last_ended_on

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        wrong = rules.decision_date_error(
            day, self.received_on, self.last_ended_on, timezone.localdate()
        )
        if wrong:
            raise forms.ValidationError(wrong)
        return day


class ReasonForm(forms.Form):
    """Why a declaration is returned or refused."""

    reason = forms.CharField(
        label="Uzasadnienie",
        widget=forms.Textarea({"rows": 5}),
        max_length=2000,
        help_text="Zobaczy je instytucja. Nie wpisuj danych osób ani rodzin.",
    )


_INVITED = (Role.NETWORK_OFFICER, Role.LEAD, Role.TENANT_ADMIN, Role.SOCIAL_WORKER, Role.DPO)


class ColleagueForm(forms.Form):
    """Whom the office invites, and in what role."""

    full_name = forms.CharField(label="Imię i nazwisko", max_length=200)
    email = forms.EmailField(
        label="Służbowy adres e-mail", help_text="Przyjdzie na niego zaproszenie, ważne 72 godziny."
    )
    role = forms.ChoiceField(
        label="Rola",
        widget=forms.RadioSelect,
        choices=[(role.value, role.label) for role in _INVITED],
    )


class PartnershipForm(VersionedForm, forms.ModelForm):  # type: ignore[type-arg]
    """The Lider's full name and the area of the partnership."""

    class Meta:
        model = Partnership
        fields = ("area", "lead_name", "lead_address")


class AccessibilityForm(VersionedForm, forms.ModelForm):  # type: ignore[type-arg]
    """What the tenant declares about the accessibility of its pages."""

    class Meta:
        model = AccessibilityStatement
        fields = (
            "entity_name",
            "entity_address",
            "contact_name",
            "contact_email",
            "contact_phone",
            "published_on",
            "updated_on",
            "prepared_on",
            "reviewed_on",
            "conformity",
            "known_issues",
            "architecture",
        )
        widgets = dict.fromkeys(
            ("published_on", "updated_on", "prepared_on", "reviewed_on"), DateInput
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        prepared, reviewed = data.get("prepared_on"), data.get("reviewed_on")
        if prepared and reviewed and reviewed < prepared:
            self.add_error("reviewed_on", "Przegląd nie mógł być przed sporządzeniem deklaracji.")
        return data
