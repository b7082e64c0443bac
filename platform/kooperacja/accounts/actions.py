"""A person changes their own account."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db import transaction
from uuid6 import uuid7

from kooperacja.accounts import limits, mails, sessions
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.actions import enqueue
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import one_at_a_time

RENAMED = "ACCOUNT_RENAMED"
READDRESSED = "ACCOUNT_READDRESSED"
ADDRESS_HOURS = 24
ADDRESSES_A_DAY = 5
_SALT = "account-address"


def rename(*, by: Account, full_name: str) -> None:
    """Change one's own name; each unit's journal notes it, and what was signed stays as it was."""
    before, after = Account.objects.get(pk=by.pk).full_name, full_name.strip()
    if before == after:
        return
    with transaction.atomic(using="shared"):
        by.full_name = after
        by.save(update_fields=["full_name"])
        _tell_units(RENAMED, by, before, after)


def ask_for_address(*, by: Actor, email: str) -> None:
    """Send a link to the address that is to become one's own; nothing changes before it is used.

    An address that another account has gets no mail, and the answer does not tell of it.
    """
    by.require_proof()
    assert by.account_id, "the system signs in nowhere"
    account = Account.objects.get(pk=by.account_id)
    _require_room(account)
    email = email.lower()
    if not Account.objects.filter(email__iexact=email).exists():
        token = signing.dumps([str(account.pk), account.email, email], salt=_SALT)
        mails.ask_for_address(email, token)


def address_of(*, by: Account, token: str) -> str:
    """The address that a link confirms; one works once, for its account alone and for a day."""
    try:
        account, before, after = signing.loads(token, salt=_SALT, max_age=ADDRESS_HOURS * 3600)
    except signing.BadSignature:  # or too old
        raise _not_valid() from None
    if (account, before) != (str(by.pk), by.email):
        raise _not_valid()
    return str(after)


def change_address(*, by: Actor, token: str, keep: SessionBase) -> None:
    """Sign in by another address from now on; the former one hears of it, other sessions end."""
    by.require_proof()
    assert by.account_id, "the system signs in nowhere"
    with transaction.atomic(using="shared"):
        one_at_a_time("accounts.address")  # of two who want the same address one finds it taken
        account = Account.objects.select_for_update().get(pk=by.account_id)
        before, after = account.email, address_of(by=account, token=token)
        if Account.objects.filter(email__iexact=after).exists():
            raise _not_valid()
        account.email = after
        account.save(update_fields=["email"])
        own = EmailAddress.objects.filter(user=account)
        own.update(email=after, verified=True, primary=True)
        mails.tell_of_address(before, after)
        _tell_units(READDRESSED, account, before, after)
        sessions.end_sessions(account, keep=keep)


def _tell_units(kind: str, account: Account, before: str, after: str) -> None:
    payload: dict[str, Any] = {"account_id": str(account.pk), "before": before, "after": after}
    dedupe = f"{kind.lower().replace('_', '-')}:{uuid7()}"
    enqueue(OutgoingMessage, kind=kind, payload=payload, dedupe=dedupe)


def _require_room(by: Account) -> None:
    if limits.count(f"address:{by.pk}", until=time.time() + 24 * 3600) > ADDRESSES_A_DAY:
        raise Problem(
            "Na dziś to już wszystkie próby zmiany adresu",
            f"Odnośnik można wysłać {ADDRESSES_A_DAY} razy na dobę. Spróbuj jutro.",
            kept=NOTHING_DONE,
            status=429,
        )


def _not_valid() -> Problem:
    return Problem(
        "Ten odnośnik nie działa",
        f"Działa raz, przez {ADDRESS_HOURS} godziny i tylko po zalogowaniu na konto, z którego o niego "
        "poproszono. Poproś o nowy na stronie „Bezpieczeństwo konta”.",
        kept=NOTHING_DONE,
    )
