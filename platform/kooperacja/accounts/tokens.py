"""Keys for programs: made, found by what they present, revoked."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kooperacja.accounts.models import Account, ApiToken

MARK = "koop_"
PREFIX_LETTERS = 8
NOTE_EVERY = timedelta(minutes=1)


def issue(
    *, by: Account, name: str, scope: str, expires_at: datetime, tenant_id: UUID | None = None
) -> tuple[ApiToken, str]:
    """A new key of one's own, and its text, which can't be shown again."""
    secret = secrets.token_urlsafe(32)
    text = MARK + secret
    token = ApiToken.objects.create(
        account=by,
        name=name,
        scope=scope,
        tenant_id=tenant_id,
        prefix=secret[:PREFIX_LETTERS],
        token_hash=_hash(text),
        expires_at=expires_at,
    )
    return token, text


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


def revoke(*, by: Account, token: ApiToken) -> None:
    """End one's own key; ending it twice changes nothing."""
    ApiToken.objects.filter(pk=token.pk, account=by, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def _note_use(token: ApiToken, now: datetime) -> None:
    if token.last_used_at and now - token.last_used_at < NOTE_EVERY:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTE_EVERY)
    ApiToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
    token.last_used_at = now


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
