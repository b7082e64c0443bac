"""Text that a team's content consists of, sealed with the tenant's key or the closed team's own."""

from typing import TYPE_CHECKING, Any

from kooperacja.crypto.envelope import KeyMissing, Keyring
from kooperacja.crypto.fields import EncryptedTextField
from tenants.teams import closed

if TYPE_CHECKING:
    from tenants.teams.models import Team


class ContentField(EncryptedTextField):
    """Text of a row whose `team` says under which key it lies (REG §8.1)."""

    def is_closed(self, instance: Any) -> bool:
        return bool(instance.team.law.is_closed)

    def closer(self, instance: Any) -> Keyring | None:
        return keyring_of(instance.team) if instance.team.law.is_closed else None


def keyring_of(team: "Team") -> Keyring:
    """The keyring of a closed team."""
    offered = closed.offered(team.kind)
    if offered is None:
        raise KeyMissing(f"{team.kind}: nikt nie podaje klucza zespołu")
    return offered.keyring(team)
