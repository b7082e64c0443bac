"""Forms of an institution that fills in its declaration itself (REG §1.5 s.1)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput, KeyedForm
from tenants.partnership import rules
from tenants.partnership.forms.common import VersionedForm
from tenants.partnership.forms.declarations import SIGNED_HELP
from tenants.partnership.models import RegulationVersion
from tenants.partnership.workflow import SignatureMode


class InviteApplicantForm(KeyedForm):
    """Whom the office invites to fill the declaration in."""

    full_name = forms.CharField(label="Imię i nazwisko", max_length=200)
    email = forms.EmailField(
        label="Adres e-mail",
        help_text="Własny adres tej osoby. Przyjdzie na niego zaproszenie, ważne 72 godziny.",
    )


class WithdrawInvitationForm(forms.Form):
    """Whose invitation is taken back, as the page named them."""

    osoba = forms.UUIDField(widget=forms.HiddenInput, required=False)


class StatementsForm(VersionedForm):
    """What the institution states."""

    accepts = forms.BooleanField(label="Instytucja akceptuje regulamin")
    publish_consent = forms.BooleanField(
        label="Instytucja zgadza się na publikację nazwy, siedziby i kontaktu w wykazie członków",
        required=False,
        help_text="Zgoda jest dobrowolna i nie ma wpływu na przyjęcie.",
    )

    def __init__(self, *args: Any, regulation: RegulationVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "accepts"
        ].label = f"Instytucja zapoznała się z regulaminem i go akceptuje: {regulation}"


class OwnFilingForm(forms.Form):
    """The signed document; it is received the moment it is sent."""

    file = forms.FileField(
        label="Podpisana deklaracja (PDF)",
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
        help_text=SIGNED_HELP,
    )
    mode = forms.ChoiceField(
        label="Jak ją podpisano", choices=SignatureMode.choices, widget=forms.RadioSelect
    )
    signed_on = forms.DateField(label="Data podpisania", widget=DateInput)
    signed_place = forms.CharField(label="Miejsce podpisania", max_length=100, required=False)

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if wrong := rules.declaration_dates_error(day, None, timezone.localdate()):
            raise forms.ValidationError(wrong[1])
        return day

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["upload"] = values.pop("file")
        return values
