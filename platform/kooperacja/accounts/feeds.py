"""Addresses at which calendars read an account's days: made, found by their secret, ended."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts import mails
from kooperacja.accounts.models import Account, CalendarFeed
from kooperacja.audit.actor import Actor
from kooperacja.writes import AlreadySaved

PREFIX_LETTERS = 8
NOTE_EVERY = timedelta(minutes=1)
_NOBODYS = "0" * 64  # compared where no address begins alike, so that it takes as long


def issue(*, by: Actor, key: UUID | None = None) -> tuple[CalendarFeed, str]:
    """A new address of one's own in place of the one before, and its secret, shown this once.

    `key` is the id that the form carried: sent twice, it makes one.
    """
    by.require_proof()
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(id=key or uuid7(), prefix=secret[:PREFIX_LETTERS], token_hash=_hash(secret))
    with transaction.atomic(using="shared"):
        feed.account = owner = _owner(by)
        if saved := CalendarFeed.objects.filter(pk=feed.pk).first():
            raise AlreadySaved(saved)
        _end(owner)
        feed.save(force_insert=True)
        mails.tell_of_feed(owner, "Na Twoim koncie utworzono adres kalendarza")
    return feed, secret


def find(secret: str) -> Account | None:
    """The active account that a living address belongs to, noted as used; else None."""
    presented = _hash(secret)
    # The index knows only the beginning; the secret is compared here, in constant time.
    candidates = CalendarFeed.objects.select_related("account").filter(
        prefix=secret[:PREFIX_LETTERS], revoked_at=None, account__is_active=True
    )
    found = None
    for feed in [*candidates, None]:
        kept = feed.token_hash if feed else _NOBODYS
        if hmac.compare_digest(kept, presented):
            found = feed
    if found is None:
        return None
    _note_use(found)
    return found.account


def revoke(*, by: Actor) -> None:
    """End one's own address; ending it twice changes nothing."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        revoke_all(by=_owner(by))


def revoke_all(*, by: Account) -> None:
    """The same with a change of password, which is proof enough."""
    with transaction.atomic(using="shared"):
        if _end(by):
            mails.tell_of_feed(by, "Unieważniono adres kalendarza Twojego konta")


def live_of(account: Account) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=account, revoked_at=None).first()


def _owner(by: Actor) -> Account:
    """The account, locked: of two addresses made at once one stays."""
    assert by.account_id, "the system has no calendar"
    return Account.objects.select_for_update().get(pk=by.account_id)


def _end(owner: Account) -> int:
    living = CalendarFeed.objects.filter(account=owner, revoked_at=None)
    return living.update(revoked_at=timezone.now())


def _note_use(feed: CalendarFeed) -> None:
    now = timezone.now()
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTE_EVERY)
    if feed.last_used_at is None or now - feed.last_used_at >= NOTE_EVERY:
        CalendarFeed.objects.filter(long_ago, pk=feed.pk).update(last_used_at=now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
