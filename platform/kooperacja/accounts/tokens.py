"""Keys for programs: made, found by what they present, revoked."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts import mails
from kooperacja.accounts.models import Account, ApiToken
from kooperacja.audit.actor import Actor
from kooperacja.writes import AlreadySaved

MARK = "koop_"
PREFIX_LETTERS = 8
NOTE_EVERY = timedelta(minutes=1)


def issue(
    *,
    by: Actor,
    name: str,
    scope: str,
    expires_at: datetime,
    tenant_id: UUID | None = None,
    key: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A new key of one's own, and its text, which can't be shown again; its owner is told by mail.

    `key` is the id that the form carried: sent twice, it makes one.
    """
    owner = _proved(by)
    secret = secrets.token_urlsafe(32)
    text = MARK + secret
    token = ApiToken(
        id=key or uuid7(),
        account=owner,
        name=name,
        scope=scope,
        tenant_id=tenant_id,
        prefix=secret[:PREFIX_LETTERS],
        token_hash=_hash(text),
        expires_at=expires_at,
    )
    with transaction.atomic(using="shared"):
        ApiToken.objects.bulk_create([token], ignore_conflicts=True)
        saved = ApiToken.objects.get(pk=token.pk)
        if saved.token_hash != token.token_hash:
            raise AlreadySaved(saved)
        mails.tell_of_keys(owner, "Na Twoim koncie utworzono klucz API", [saved])
    return saved, text


def find(text: str) -> ApiToken | None:
    """The live key of an active account, noted as used; else None."""
    if not text.startswith(MARK):
        return None
    prefix = text[len(MARK) :][:PREFIX_LETTERS]
    presented = _hash(text)
    now = timezone.now()
    # The index knows only the public prefix; the secret is compared here, in constant time.
    candidates = ApiToken.objects.select_related("account").filter(
        prefix=prefix, revoked_at=None, expires_at__gt=now, account__is_active=True
    )
    for token in candidates:
        if hmac.compare_digest(token.token_hash, presented):
            _note_use(token, now)
            return token
    return None


def revoke(*, by: Actor, token: ApiToken) -> None:
    """End one's own key; ending it twice changes nothing."""
    owner = _proved(by)
    _revoke(owner, ApiToken.objects.filter(pk=token.pk))


def revoke_all(*, by: Account) -> None:
    """End all of one's own keys, with a change of password, which is proof enough."""
    _revoke(by, ApiToken.objects.all())


def has_live(account: Account) -> bool:
    return _live(ApiToken.objects.filter(account=account)).exists()


def _proved(by: Actor) -> Account:
    by.require_proof()
    assert by.account_id, "the system has no keys of its own"
    return Account.objects.get(pk=by.account_id)


def _live(tokens: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    return tokens.filter(revoked_at=None, expires_at__gt=timezone.now())


def _revoke(owner: Account, tokens: QuerySet[ApiToken]) -> None:
    with transaction.atomic(using="shared"):
        ended = list(_live(tokens.filter(account=owner)).select_for_update())
        if ended:
            tokens.filter(pk__in=[token.pk for token in ended]).update(revoked_at=timezone.now())
            mails.tell_of_keys(owner, "Unieważniono klucze API Twojego konta", ended)


def _note_use(token: ApiToken, now: datetime) -> None:
    if token.last_used_at and now - token.last_used_at < NOTE_EVERY:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTE_EVERY)
    ApiToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
    token.last_used_at = now


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
