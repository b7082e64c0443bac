"""Forms of declarations and of the Lider's decision (REG §1.5)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput, KeyedForm
from tenants.partnership import rules
from tenants.partnership.forms.common import VersionedForm
from tenants.partnership.models import (
    Organisation,
    RegulationVersion,
)
from tenants.partnership.workflow import SignatureMode

SIGNED_HELP = "Skan podpisanego druku albo plik z podpisem elektronicznym, do 20 MB."


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
        help_text=SIGNED_HELP,
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
    # Which version the page showed: another may come into force while it is open.
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, regulation: RegulationVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regulation = regulation
        self.fields["seen"].initial = regulation.pk
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
        if data.get("seen") not in {None, self.regulation.pk}:
            self._ask_again()
        return data

    def _ask_again(self) -> None:
        """The box that was ticked beside another version is empty again."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(self.regulation.pk)  # type: ignore[index]
        self.data.pop("regulation_id", None)  # type: ignore[attr-defined]
        said = (
            "W międzyczasie zaczęła obowiązywać inna wersja. Zaznacz, gdy instytucja ją przyjęła."
        )
        self.add_error("regulation_id", said)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        del values["seen"]
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
