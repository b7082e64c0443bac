"""Offers of accounts."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from kooperacja.accounts.models import (
    Account,
    AccountDraft,
    ApiToken,
    Attempts,
    CalendarFeed,
)
from kooperacja.accounts.tasks import forget_expired_drafts, forget_old_sessions
from kooperacja.offers import Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.ui.navigation import NavEntry

OFFERS: tuple[Offer, ...] = (
    Verbs({"ENTERED": "wejście do jednostki"}),
    PersonalData(
        Account,
        ("email", "full_name", "password"),
        Fate.ACCOUNT,
        "nobody signs in without them, and the others see with whom they work",
    ),
    PersonalData(EmailAddress, ("email",), Fate.ACCOUNT, "the address that was proved"),
    PersonalData(
        Authenticator, ("data",), Fate.ACCOUNT, "second factors; who removes one, ends it"
    ),
    PersonalData(
        Session, ("session_data",), Fate.FORGOTTEN, "who is signed in", by=forget_old_sessions
    ),
    PersonalData(
        UserSession,
        ("ip", "user_agent", "data"),
        Fate.FORGOTTEN,
        "where one is signed in; whoever looks at their sessions drops those that ended",
    ),
    PersonalData(
        AccountDraft,
        ("sealed",),
        Fate.FORGOTTEN,
        "what is typed in a form until it is saved, for 7 days at most (GDPR art. 5(1)(e))",
        by=forget_expired_drafts,
    ),
    Impersonal(AccountDraft, ("path",)),
    Impersonal(ApiToken, ("name", "prefix", "token_hash")),
    Impersonal(CalendarFeed, ("prefix", "token_hash")),
    Impersonal(Attempts, ("key",)),
    Impersonal(Session, ("session_key",)),
    Impersonal(UserSession, ("session_key",)),
    NavEntry("ACCOUNT", "profile", "Profil", order=30),
    NavEntry(
        "ACCOUNT",
        "account_security",
        "Bezpieczeństwo",
        also=(
            "usersessions_list",
            "account_address",
            "account_address_confirm",
            "account_change_password",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
        ),
        order=40,
    ),
)
