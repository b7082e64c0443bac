"""Forms of the first run, of accepting an invitation and of making a key for a program."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from kooperacja.accounts.forms import CHOOSING_HELP, SamePasswords
from kooperacja.accounts.models import Account, ApiToken, TokenScope
from kooperacja.ui.fields import EmailField, Line, LongText, PasswordField, PhoneField
from kooperacja.ui.forms import KeyedForm, give
from tenants.registry.founding import NAME_LENGTH
from tenants.registry.models import Access
from tenants.registry.rules import VOIVODESHIPS

_NEW = {"autocomplete": "new-password"}


class FirstRunForm(forms.Form):
    """The voivodeship of this site, its ROPS and the first coordinator."""

    code = forms.ChoiceField(
        label="Województwo",
        choices=[
            ("", "wybierz z listy"),
            *((code, known.name) for code, known in VOIVODESHIPS.items()),
        ],
    )
    rops_name = Line(
        label="Pełna nazwa ROPS",
        max_length=NAME_LENGTH,
        help_text="Na przykład Regionalny Ośrodek Polityki Społecznej w Opolu.",
    )
    rops_phone = PhoneField(label="Telefon ROPS", help_text="Dla gmin i powiatów.")
    rops_email = EmailField(
        label="Adres e-mail ROPS", required=False, help_text="Dla gmin i powiatów."
    )
    coordinator_name = Line(label="Imię i nazwisko koordynatora", max_length=NAME_LENGTH)
    coordinator_email = EmailField(
        label="Adres e-mail koordynatora",
        help_text="Wyślemy na niego zaproszenie, ważne 72 godziny.",
    )


class ContactForm(forms.Form):
    """The telephone and the address that units read."""

    rops_phone = PhoneField()
    rops_email = EmailField(
        label="Adres e-mail",
        required=False,
        help_text="Najlepiej wspólna skrzynka, a nie adres jednej osoby.",
    )


class EndSupportForm(forms.Form):
    """The reason for which the support of an adviser ends, or a proposal of one is taken back."""

    reason = LongText(
        label="Powód",
        max_length=500,
        rows=3,
        help_text="Zobaczą go koordynator ROPS i, w dzienniku, jednostka. Doradca, którego "
        "jednostka wpuściła, dostanie go e-mailem. Nie wpisuj danych rodzin.",
    )


class InvitationForm(SamePasswords, forms.Form):
    """A new person's name and password; the address is the invitation's."""

    full_name = Line(
        label="Imię i nazwisko", max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    password1 = PasswordField(
        label="Hasło", help_text=CHOOSING_HELP, widget=forms.PasswordInput(_NEW)
    )
    password2 = PasswordField(label="Hasło jeszcze raz", widget=forms.PasswordInput(_NEW))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if password := data.get("password1"):
            person = Account(email=self.email, full_name=data.get("full_name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class TokenForm(KeyedForm):
    """For what, where and how long a program may act in one's name."""

    MODEL = ApiToken

    name = Line(
        label="Nazwa", max_length=100, help_text="Po niej poznasz klucz, np. „Arkusz sprawozdań”."
    )
    reach = forms.ChoiceField(label="Do czego daje dostęp")
    days = forms.TypedChoiceField(
        label="Jak długo działa",
        coerce=int,
        choices=[(30, "30 dni"), (90, "90 dni"), (180, "180 dni"), (365, "rok")],
        initial=90,
    )

    def __init__(self, *args: Any, access: list[Access], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = dict(choice for row in access for choice in _reaches(row))
        give(self, "reach", [("", "wybierz z listy"), *choices.items()])

    def issued(self) -> dict[str, Any]:
        """The arguments of tokens.issue()."""
        scope, _, tenant = self.cleaned_data["reach"].partition(":")
        return {
            "key": self.cleaned_data["key"],
            "name": self.cleaned_data["name"],
            "scope": scope,
            "tenant_id": UUID(tenant) if tenant else None,
            "expires_at": timezone.now() + timedelta(days=self.cleaned_data["days"]),
        }


def _reaches(row: Access) -> list[tuple[str, str]]:
    if row.tenant is None:
        return [(str(TokenScope.REGION_READ), "Panel województwa: odczyt")]
    name = row.tenant.ref.name
    return [
        (f"{TokenScope.TENANT_READ}:{row.tenant_id}", f"{name}: odczyt"),
        (f"{TokenScope.TENANT_WRITE}:{row.tenant_id}", f"{name}: odczyt i zapis"),
    ]
