"""Switching the daily mail off by a link of its own, without signing in (RFC 2369, RFC 8058)."""

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from kooperacja.tenancy.urls import root_reverse

if TYPE_CHECKING:
    from kooperacja.accounts.models import Account

WORKS = timedelta(days=180)  # a link in an old mailbox does nothing for ever
_SUMMARY = "summary"  # the kind of the mail
_LINKS = TimestampSigner(salt="kooperacja.inbox.switching")


class TooOld(Exception):
    """The link was made here, but too long ago."""


def off_path(account_id: UUID) -> str:
    """The page that switches off the summaries of one account, and nothing else."""
    return root_reverse("inbox_mails_off", _LINKS.sign(f"{_SUMMARY}.{account_id.hex}"))


def off_headers(account_id: UUID) -> dict[str, str]:
    """Headers by which a program offers to switch them off with one press."""
    return {
        "List-Unsubscribe": f"<{urljoin(settings.SITE_URL, off_path(account_id))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def account_of(token: str) -> "Account | None":
    """The account whose link this is; None of what was not signed here for the summary."""
    try:
        kind, _, account_id = _LINKS.unsign(token, max_age=WORKS).partition(".")
        wanted = UUID(account_id)
    except SignatureExpired:
        raise TooOld from None
    except (BadSignature, ValueError):
        return None
    if kind != _SUMMARY:
        return None
    found: Account | None = get_user_model().objects.filter(pk=wanted, is_active=True).first()
    return found
