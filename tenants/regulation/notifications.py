"""Messages about a change of the regulation (REG §9)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _AboutRegulation(Notification):
    """The base of every message about a change of the regulation."""

    regulation_id: UUID

    page: ClassVar[str] = "regulation:regulation"


@dataclass(frozen=True)
class RegulationVotingOpened(_AboutRegulation):
    """To people who may write a member's vote: it is asked for (REG §9)."""

    member_name: str
    voting_until: date

    code: ClassVar[str] = "REGULATION_VOTING_OPENED"
    name: ClassVar[str] = "Prośba o głos nad zmianą regulaminu"
    subject: ClassVar[str] = "Zagłosuj nad zmianą regulaminu: {member_name}"


@dataclass(frozen=True)
class RegulationVotingEnded(_AboutRegulation):
    """To everybody who could vote: how it ended (REG §9)."""

    outcome: str

    code: ClassVar[str] = "REGULATION_VOTING_ENDED"
    name: ClassVar[str] = "Wynik głosowania nad zmianą regulaminu"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Regulamin: {outcome}"
