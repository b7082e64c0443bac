"""Mail about an account: a link to a new password, and word of every change of how one signs in."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from kooperacja.accounts.models import Account, ApiToken
from kooperacja.accounts.texts import NOTICES
from kooperacja.inbox.actions import queue_mail
from kooperacja.tenancy.urls import root_reverse

RESET = "account/email/password_reset_key"


def send(event: str, *, to: str, context: dict[str, Any]) -> None:
    """Queue the mail of one of allauth's events; one we do not know is a defect."""
    if event == RESET:
        subject, template = "Kooperacja: nowe hasło", "account/email/password_reset_key.txt"
    else:
        subject, template = "Kooperacja: zmiana na Twoim koncie", "account/email/notice.txt"
        context = context | {"notice": NOTICES[event], "reset_url": _reset_url()}
    text = render_to_string(template, context | {"site_url": settings.SITE_URL})
    queue_mail(to=to, subject=subject, text=text.strip() + "\n", dedupe=f"{event}:{uuid4()}")


def tell_of_keys(account: Account, notice: str, tokens: list[ApiToken]) -> None:
    """Queue word of keys for programs that were made or ended."""
    keys_url = f"{settings.SITE_URL}{root_reverse('api_tokens')}"
    context = {"notice": notice, "tokens": tokens, "keys_url": keys_url, "reset_url": _reset_url()}
    text = render_to_string(
        "account/email/key.txt", context | {"site_url": settings.SITE_URL, "now": timezone.now()}
    )
    queue_mail(
        to=account.email,
        subject="Kooperacja: klucz API Twojego konta",
        text=text.strip() + "\n",
        dedupe=f"api-key:{uuid4()}",
    )


def _reset_url() -> str:
    return f"{settings.SITE_URL}{root_reverse('account_reset_password')}"
