"""Signing in: how django-allauth behaves here, and how long a session lasts; read by the settings."""

from kooperacja import environ

ACCOUNT_ADAPTER = "kooperacja.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "kooperacja.accounts.adapter.MFAAdapter"

# A path, not a name: a tenant's URLconf does not know the pages of the shared plane.
LOGIN_URL = "/konto/zaloguj/"
LOGIN_REDIRECT_URL = "/konto/"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL

# An e-mail address and a password; accounts come from invitations alone, which prove the address.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 2 * 3600
ACCOUNT_FORMS = {
    "login": "kooperacja.accounts.forms.SignInForm",
    "change_password": "kooperacja.accounts.forms.ChangePasswordForm",
    "reset_password": "kooperacja.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "kooperacja.accounts.forms.NewPasswordForm",
    "reauthenticate": "kooperacja.accounts.forms.PasswordAgainForm",
}

# "key": an address from one network, so that nobody locks out an owner who is elsewhere (limits.py);
# "anywhere": from all networks together, but those from which the owner came in before.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key,100/d/anywhere",
    "reset_password": "20/m/ip,5/m/key,20/h/anywhere",
}

# How many proxies of our own stand before the program; each adds one address to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = environ.number("TRUSTED_PROXY_COUNT", 0)

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Kooperacja"
MFA_TOTP_TOLERANCE = 1  # clocks differ; a step of the clock opens once (codes.py)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_FORMS = {
    "authenticate": "kooperacja.accounts.forms.CodeForm",
    "reauthenticate": "kooperacja.accounts.forms.CodeAgainForm",
    "activate_totp": "kooperacja.accounts.forms.ActivateTOTPForm",
    "authenticate_webauthn": "kooperacja.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "kooperacja.accounts.forms.PasskeyAgainForm",
    "login_webauthn": "kooperacja.accounts.forms.SignInByPasskeyForm",
    "add_webauthn": "kooperacja.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "kooperacja.accounts.forms.RenamePasskeyForm",
}

# Our own middleware notes the last use, at most once a minute.
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ABSOLUTE_HOURS = environ.number("SESSION_ABSOLUTE_HOURS", 12)
SESSION_IDLE_MINUTES = environ.number("SESSION_IDLE_MINUTES", 60)
