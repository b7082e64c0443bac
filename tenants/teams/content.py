"""Text that a team's content consists of, sealed with the tenant's key or the closed team's own."""

from typing import Any

from django.db import models

from kooperacja.crypto.envelope import KeyMissing, Keyring, open_sealed, seal
from kooperacja.crypto.fields import EncryptedTextField
from tenants.teams import closed


class ContentField(EncryptedTextField):
    """Text of a row whose `team` says under which key it lies (REG §8.1)."""

    def sealed(self, instance: models.Model, plain: bytes) -> bytes:
        keyring = _keyring(instance)
        if keyring is None:
            return super().sealed(instance, plain)
        return seal(plain, aad=self.place(instance), keyring=keyring)

    def opened(self, instance: models.Model, content: bytes) -> bytes:
        keyring = _keyring(instance)
        if keyring is None:
            return super().opened(instance, content)
        return open_sealed(content, aad=self.place(instance), keyring=keyring)


def _keyring(instance: Any) -> Keyring | None:
    """The key of a closed team; none where the tenant's own seals."""
    team = instance.team
    if not team.law.is_closed:
        return None
    offered = closed.offered(team.kind)
    if offered is None:
        raise KeyMissing(f"{team.kind}: nikt nie podaje klucza zespołu")
    return offered.keyring(team)
