"""Forms of the Lider's office (REG §1.3.b)."""

from typing import Any

from django import forms

from kooperacja.ui.forms import DateInput, RowForm, VersionedForm
from tenants.partnership.models import (
    AccessibilityStatement,
    Partnership,
)
from tenants.registry.roles import Role

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


class PartnershipForm(VersionedForm, RowForm):
    """The Lider's full name and the area of the partnership."""

    class Meta:
        model = Partnership
        fields = ("area", "lead_name", "lead_address", "contact_email", "contact_phone")
        help_texts = {"contact_email": "Zobaczy go każdy na publicznej stronie Partnerstwa."}


class AccessibilityForm(VersionedForm, RowForm):
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
