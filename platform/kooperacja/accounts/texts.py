"""Polish words for what django-allauth says."""

_WRONG_LOGIN = "Adres e-mail lub hasło są niepoprawne."
_WRONG_CODE = "Ten kod jest niepoprawny albo stracił ważność."

# What is said after the time to wait, of attempts that are not let through.
TOO_MANY = {
    "rate_limited": "",
    "too_many_login_attempts": (
        " Nie pamiętasz hasła? Ustaw nowe: odnośnik jest na stronie logowania."
    ),
}
ERRORS = {
    "account_inactive": "To konto jest wyłączone.",
    "email_password_mismatch": _WRONG_LOGIN,
    "invalid_login": _WRONG_LOGIN,
    "enter_current_password": "To nie jest Twoje obecne hasło.",
    "incorrect_password": "To hasło jest niepoprawne.",
    "incorrect_code": _WRONG_CODE,
    "incorrect_key": "Tego klucza nie udało się rozpoznać. Spróbuj ponownie.",
    "invalid_or_expired_key": "Ten odnośnik jest niepoprawny albo stracił ważność.",
    "invalid_password_reset": "Ten odnośnik jest niepoprawny albo stracił ważność.",
    "same_as_current": "Nowa wartość musi się różnić od obecnej.",
    "cannot_delete_authenticator": "Tego składnika nie można usunąć.",
    "cannot_generate_recovery_codes": "Kody zapasowe są dla kont z drugim składnikiem logowania.",
    "unverified_email": "Najpierw trzeba potwierdzić adres e-mail konta.",
    "password_mismatch": "Hasła w obu polach muszą być takie same.",
}

MESSAGES = {
    "account/messages/logged_out.txt": "Wylogowano.",
    "account/messages/password_changed.txt": "Hasło zostało zmienione. Inne sesje zakończono.",
    "account/messages/password_set.txt": "Hasło zostało ustawione. Inne sesje zakończono.",
    "mfa/messages/totp_activated.txt": "Aplikacja z kodami została dodana.",
    "mfa/messages/totp_deactivated.txt": "Aplikacja z kodami została usunięta.",
    "mfa/messages/webauthn_added.txt": "Klucz dostępu został dodany.",
    "mfa/messages/webauthn_removed.txt": "Klucz dostępu został usunięty.",
}

METHODS = {
    "reauthenticate": "Hasło",
    "mfa_reauthenticate": "Kod z aplikacji lub kod zapasowy",
    "mfa_reauthenticate:webauthn": "Klucz dostępu",
}

# What a mail tells the owner of an account, by allauth's name of the event.
NOTICES = {
    "account/email/password_changed": "Zmieniono hasło do Twojego konta.",
    "account/email/password_set": "Ustawiono hasło do Twojego konta.",
    "account/email/password_reset": "Ustawiono nowe hasło do Twojego konta.",
    "mfa/email/totp_activated": "Do Twojego konta dodano aplikację z kodami.",
    "mfa/email/totp_deactivated": "Z Twojego konta usunięto aplikację z kodami.",
    "mfa/email/webauthn_added": "Do Twojego konta dodano klucz dostępu.",
    "mfa/email/webauthn_removed": "Z Twojego konta usunięto klucz dostępu.",
    "mfa/email/recovery_codes_generated": "Przygotowano nowe kody zapasowe do Twojego konta.",
}
