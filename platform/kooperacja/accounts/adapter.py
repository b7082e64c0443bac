"""Our answers to django-allauth: texts, mail, sealing of seeds, when to ask for proof again."""

import base64
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kooperacja.accounts import factors, limits, mails, sessions, texts
from kooperacja.accounts.models import Account
from kooperacja.accounts.rules import is_local_path
from kooperacja.crypto.shared import open_shared, seal_shared
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.forms import NOT_NOW

SEED = "mfa-seed"


class _Refusing:
    """Says how long to wait, where an attempt is one too many."""

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in texts.TOO_MANY:
            wait = limits.wait_told(context.request)
            words = f"Odczekaj {wait} i spróbuj ponownie.{texts.TOO_MANY[code]}"
            return ValidationError(words, code=NOT_NOW)
        made: ValidationError = super().validation_error(code, *args)  # type: ignore[misc]
        return made


class AccountAdapter(_Refusing, DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations; every change of how one signs in ends the other sessions."""

    error_messages = DefaultAccountAdapter.error_messages | texts.ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_local_path(url)

    def get_client_ip(self, request: HttpRequest) -> str:
        """IPv4 inside IPv6 (::ffff:1.2.3.4) is IPv4: else all of it were one network."""
        address: str = super().get_client_ip(request)
        return str(getattr(ip_address(address), "ipv4_mapped", None) or address)

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        sessions.begin(request.session)

    def set_password(self, user: Account, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])
        sessions.end_sessions(user, keep=self._own_session(user))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        text = message or texts.MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mails.send(template_prefix, to=email, context=context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        # allauth tells of every change of a factor here, and nowhere else in one place.
        if template_prefix.startswith("mfa/"):
            sessions.end_sessions(user, keep=self._own_session(user))
        super().send_notification_mail(template_prefix, user, context, email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, token = key.partition("-")
        path = root_reverse("account_reset_password_from_key", uidb36=uid, key=token)
        return f"{settings.SITE_URL}{path}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return root_reverse("account_security")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """An account with a factor shows it; one without, just signed in, is not asked again."""
        request = context.request
        if factors.has_factor(request.user):
            return not factors.was_shown(request, minutes=factors.PROOF_MINUTES)
        return not factors.has_signed_in(request, minutes=factors.PROOF_MINUTES)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"] != "reauthenticate"]
        for method in methods:
            method["description"] = texts.METHODS[method["id"]]
        return strong or methods

    def _own_session(self, user: Account) -> Any:
        own = self.request is not None and self.request.user.pk == user.pk
        return self.request.session if own else None


class MFAAdapter(_Refusing, DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds are sealed with the site's key and bound to the account that signs in."""

    error_messages = DefaultMFAAdapter.error_messages | texts.ERRORS

    def encrypt(self, text: str) -> str:
        return seal_seed(text, _signing_in())

    def decrypt(self, encrypted_text: str) -> str:
        return open_seed(encrypted_text, _signing_in())

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Klucz" if number == 1 else f"Klucz {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Kooperacja"}


def seal_seed(text: str, account_id: UUID) -> str:
    sealed = seal_shared(text.encode(), purpose=SEED, owner_id=account_id)
    return base64.b64encode(sealed).decode()


def open_seed(sealed: str, account_id: UUID) -> str:
    return open_shared(base64.b64decode(sealed), purpose=SEED, owner_id=account_id).decode()


def _signing_in() -> UUID:
    """The owner of the factor; allauth does not tell it, so a foreign seed can't open."""
    request = context.request
    if request.user.is_authenticated:
        return UUID(str(request.user.pk))
    return UUID(str(unstash_login(request, peek=True).user.pk))
