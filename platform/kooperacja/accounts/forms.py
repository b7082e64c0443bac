"""Forms of signing in and of one's own account."""

import struct
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as passkey
from cryptography.exceptions import InvalidSignature
from django import forms
from django.db import transaction

from kooperacja.accounts import feeds, tokens
from kooperacja.accounts.models import Account
from kooperacja.accounts.texts import ERRORS
from kooperacja.ui.fields import EmailField, JsonField, Line, bound

CHOOSING_HELP = (
    "Co najmniej 12 znaków. Może to być zdanie, np. kilka zwykłych słów; nie może być samą liczbą, "
    "hasłem powszechnie znanym ani hasłem podobnym do Twojego nazwiska lub adresu."
)
CODE_HELP = "Sześć cyfr z aplikacji w telefonie albo jeden z kodów zapasowych."


def _say(form: forms.BaseForm, name: str, label: str, help_text: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    bound(field)
    field.widget.attrs.pop("placeholder", None)


def _say_new_passwords(form: forms.BaseForm) -> None:
    _say(form, "password1", "Nowe hasło", CHOOSING_HELP)
    _say(form, "password2", "Nowe hasło jeszcze raz")


class SamePasswords:
    """Twice the same new password; allauth's own mixin has a sentence that is not ours."""

    def clean(self) -> dict[str, Any]:
        form: Any = self
        data: dict[str, Any] = forms.Form.clean(form) or form.cleaned_data
        password, again = data.get("password1"), data.get("password2")
        if password and again and password != again:
            form.add_error("password2", ERRORS["password_mismatch"])
        return data


class _EndsKeys:
    """Offers to end what lets in without the password: who knew the old one may have made it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        if form.user is not None and tokens.has_live(form.user):
            form.fields["end_keys"] = forms.BooleanField(
                label="Unieważnij też klucze API",
                help_text="Działają mimo zmiany hasła. Zostaw zaznaczone, jeśli ktoś mógł poznać "
                "dotychczasowe hasło; potem utworzysz nowe.",
                required=False,
                initial=True,
            )
        if form.user is not None and feeds.live_of(form.user):
            form.fields["end_feed"] = forms.BooleanField(
                label="Unieważnij też adres kalendarza",
                help_text="Terminy można pod nim czytać mimo zmiany hasła. Nowy adres utworzysz "
                "na stronie Kalendarz.",
                required=False,
                initial=True,
            )

    def save(self) -> None:
        form: Any = self
        with transaction.atomic(using="shared"):
            super().save()  # type: ignore[misc]
            if form.cleaned_data.get("end_keys"):
                tokens.revoke_all(by=form.user)
            if form.cleaned_data.get("end_feed"):
                feeds.revoke_all(by=form.user)


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", "Adres e-mail")
        _say(self, "password", "Hasło")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ChangePasswordForm(_EndsKeys, SamePasswords, account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", "Obecne hasło")
        _say_new_passwords(self)


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", "Adres e-mail", "Ten, którym się logujesz.")


class NewPasswordForm(_EndsKeys, SamePasswords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_new_passwords(self)


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", "Hasło")


class _Code:
    """A code from the application, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        _say(form, "code", "Kod", CODE_HELP)
        form.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": True})


class CodeForm(_Code, factor.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_Code, factor.ReauthenticateForm):  # type: ignore[misc]
    """The same in the middle of a session."""


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """Keeps the seed sealed in the session too, until it is confirmed by a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        sealed = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and sealed:
            self.secret = decrypt(sealed)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)
        _say(self, "code", "Kod z aplikacji", "Sześć cyfr, które aplikacja teraz pokazuje.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


# What the libraries below allauth raise on an answer that no key has made.
_NONSENSE = (
    *(LookupError, TypeError, ValueError, AttributeError, RecursionError),
    *(struct.error, InvalidSignature),
)


_LONGEST_ANSWER = 50_000  # of a key, with the certificates of its maker
_LONGEST_NAME = 100


def _ask_key(form: Any) -> None:
    form.fields["credential"] = JsonField(
        max_length=_LONGEST_ANSWER,
        widget=forms.HiddenInput,
        error_messages={"invalid": ERRORS["incorrect_key"]},
    )


def _ask_name(form: Any, help_text: str = "") -> None:
    name, is_required = "Nazwa klucza", form.fields["name"].required
    form.fields["name"] = Line(
        label=name, max_length=_LONGEST_NAME, required=is_required, help_text=help_text
    )


class _Credential:
    """Turns nonsense in place of a key's answer into a refusal; allauth lets it be a failure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_key(self)

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _NONSENSE:
            raise _wrong_key() from None


class PasskeyForm(_Credential, passkey.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key as the second step of signing in."""


class PasskeyAgainForm(_Credential, passkey.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key in the middle of a session."""


class SignInByPasskeyForm(_Credential, passkey.LoginWebAuthnForm):  # type: ignore[misc]
    """A key in place of a password."""


def _wrong_key() -> forms.ValidationError:
    return forms.ValidationError(ERRORS["incorrect_key"], code="incorrect_key")


class AddPasskeyForm(passkey.AddWebAuthnForm):  # type: ignore[misc]
    """Every key is also good for signing in without a password, so it must know its holder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        _ask_name(self, "Po niej poznasz klucz na liście, np. „Laptop w pracy”.")
        _ask_key(self)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            data: dict[str, Any] = super().clean()
        except _NONSENSE:
            raise _wrong_key() from None
        return data


class RenamePasskeyForm(passkey.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_name(self)


class AddressForm(forms.Form):
    """The address by which one wants to sign in."""

    email = EmailField(
        label="Nowy adres e-mail", help_text="Wyślemy na niego odnośnik, który działa 24 godziny."
    )


class ProfileForm(forms.ModelForm[Account]):
    """A person's own data; the address has a page of its own, since it must be proved."""

    class Meta:
        model = Account
        fields = ["full_name"]
        field_classes = {"full_name": Line}
        labels = {"full_name": "Imię i nazwisko"}
        help_texts = {
            "full_name": "Tak widzą Cię inni; podpis pod decyzjami już podjętymi zostaje."
        }
