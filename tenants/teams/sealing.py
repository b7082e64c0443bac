"""The names of the keys under which files of closed teams lie (REG §8.1)."""

from uuid import UUID

from kooperacja.crypto.envelope import KeyMissing, Keyring
from kooperacja.crypto.named import KeyName
from tenants.teams.content import keyring_of
from tenants.teams.models import Team

TEAM = "TEAM"


def key_of(team: Team) -> KeyName | None:
    """The name of the key of a closed team; none where the tenant's own seals."""
    return KeyName(TEAM, team.pk) if team.law.is_closed else None


def named_keyring(team_id: UUID) -> Keyring:
    """The keyring behind such a name."""
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise KeyMissing(f"nie ma zespołu {team_id}")
    return keyring_of(team)
