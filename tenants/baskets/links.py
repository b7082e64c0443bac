"""Links in mails of a round that open it without an account (REG §3.5.a)."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from kooperacja.tenancy.context import current_tenant
from tenants.baskets.models.answers import CheckLink
from tenants.baskets.models.checks import CardCheck

OPENS_DAYS = timedelta(days=30)
_PURPOSE = "tenants.baskets.check"


def new_token(check: CardCheck, email: str, name: str) -> str:
    """A new link for whoever reads an address; nothing but a digest of it stays here."""
    secret = secrets.token_urlsafe(32)
    link = CheckLink.objects.create(
        check_round=check,
        email=email,
        name=name,
        digest=_digest(secret, check.pk, email),
        expires_at=timezone.now() + OPENS_DAYS,
    )
    return f"{link.pk.hex}.{secret}"


def link_of(token: str) -> CheckLink | None:
    """The link that a token stands for, as long as it opens anything."""
    key, _, secret = token.partition(".")
    try:
        link = opened(UUID(key))
    except ValueError:
        return None
    if link is None:
        return None
    digest = _digest(secret, link.check_round_id, link.email)
    return link if constant_time_compare(digest, link.digest) else None


def opened(link_id: UUID) -> CheckLink | None:
    """A link that was not sent too long ago."""
    rows = CheckLink.objects.filter(pk=link_id, expires_at__gt=timezone.now())
    return rows.select_related("check_round__card__organisation").first()


def forget_old() -> None:
    """Delete links that open nothing any more, and the addresses with them."""
    CheckLink.objects.filter(expires_at__lte=timezone.now()).delete()


def _digest(secret: str, check_id: UUID, email: str) -> str:
    """Bound to the purpose, the unit, the round and the address."""
    bound = "|".join((str(current_tenant().id), str(check_id), email.lower(), secret))
    return salted_hmac(_PURPOSE, bound, algorithm="sha256").hexdigest()
