"""Signing in and one's own account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from tests.declared import (
    ANYBODY,
    FILE,
    JSON,
    LEADS_ON,
    NO_FORM,
    NO_FORM_EVER,
    SIGNED_IN,
    STATES,
    Rows,
    SharedPage,
)
from tests.factories import accounts
from tests.factories.passkeys import Key, add_key

PAGES = [
    SharedPage("account_login", "owwwww", "owwwww"),
    SharedPage("mfa_authenticate", "rwwwwt", "rwwwwt", seen=STATES),
    SharedPage("mfa_login_webauthn", "rwwwwt", "rwwwwt", seen=JSON),
    SharedPage("account_logout", "rooooo", "rrrrrr", 2),
    SharedPage("account_inactive", "ooooot", NO_FORM, 2),
    SharedPage("profile", SIGNED_IN, SIGNED_IN, 2),
    SharedPage("account_security", SIGNED_IN, SIGNED_IN, 4),
    # allauth asks of each session whether it lives.
    SharedPage("usersessions_list", SIGNED_IN, "rnwnnt", (3, 12)),
    SharedPage("account_change_password", SIGNED_IN, SIGNED_IN, 4),
    SharedPage("account_reset_password", "ooooot", "ooooot", 2),
    SharedPage("account_set_password", "wwwwwt", "wwwwwt", seen=LEADS_ON),
    SharedPage("account_reset_password_done", "ooooot", NO_FORM, 2),
    SharedPage("account_reset_password_from_key_done", ANYBODY, NO_FORM_EVER, 2),
    SharedPage("account_reset_password_from_key", ANYBODY, ANYBODY, 2, of="reset", seen=STATES),
    SharedPage("account_reauthenticate", "rsssso", "rsssso"),
    SharedPage("mfa_reauthenticate", SIGNED_IN, SIGNED_IN, 8),
    SharedPage("mfa_reauthenticate_webauthn", "rsosst", "rsrsst", 12, seen=STATES),
    SharedPage("mfa_index", "rooooo", "rmmmmm", 8),
    SharedPage("mfa_activate_totp", "rwwwss", "rwwwss"),
    SharedPage("mfa_deactivate_totp", "rooost", "rtttst", 5),
    SharedPage(
        "mfa_view_recovery_codes", "rnonnn", "rmmmmm", 6, seen="shown once: test_from_nothing.py"
    ),
    SharedPage("mfa_recovery_codes_file", "rmmmmt", "rnwnst", seen=FILE),
    SharedPage("mfa_generate_recovery_codes", "rooost", "rwwwst", 6),
    SharedPage("mfa_list_webauthn", "tttttt", "tttttt", seen=LEADS_ON),
    SharedPage("mfa_add_webauthn", "roooss", "roooss", 9),
    SharedPage("mfa_edit_webauthn", "rnonst", "rnonst", 4, of="passkey", seen=STATES),
    SharedPage("mfa_remove_webauthn", "rnonst", "rnwnst", 4, of="passkey", seen=STATES),
]


def _passkey(rows: Rows) -> Any:
    add_key(rows["client"], Key(), rows["secret"])
    keys = Authenticator.objects.filter(user=rows["owner"], type=Authenticator.Type.WEBAUTHN)
    return keys.latest("created_at")


ROWS = {"passkey": _passkey, "reset": ("0", "x")}


def more(rows: Rows) -> None:
    """Another key, and signed in elsewhere too."""
    _passkey(rows)
    for number in range(3):
        key = accounts.client_of(rows["owner"]).session.session_key
        UserSession.objects.create(user=rows["owner"], ip=f"203.0.113.{number}", session_key=key)
