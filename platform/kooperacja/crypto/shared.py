"""Secrets of the shared plane, such as TOTP seeds, sealed with the site's own key."""

from uuid import UUID

from kooperacja.crypto import keys
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.crypto.envelope import KeyMissing, bind, seal
from kooperacja.crypto.models import SITE, TenantKey


def seal_shared(plain: bytes, *, purpose: str, owner_id: UUID) -> bytes:
    """Seal a secret of an account, such as a TOTP seed; bound to its purpose and owner."""
    _ensure_site_key()
    return seal(plain, aad=bind("site", purpose, owner_id), keyring=keys.field_keyring(SITE))


def open_shared(sealed: bytes, *, purpose: str, owner_id: UUID) -> bytes:
    return keys.open_for(SITE, sealed, aad=bind("site", purpose, owner_id))


def _ensure_site_key() -> None:
    try:
        keys.field_keyring(SITE)
    except KeyMissing:
        # Only where there never was one: an unreadable key must not be replaced by a new one.
        if TenantKey.objects.filter(tenant_id=SITE).exists():
            raise
        create_tenant_key(SITE)
