"""Messages to a unit about an administrator whom the region proposes (REG §1.3.b)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _AboutProposal(Notification):
    """The base of both messages."""

    proposal_id: UUID
    full_name: str
    email: str


@dataclass(frozen=True)
class AdministratorProposed(_AboutProposal):
    """To the Lider and the administrators: the region proposes one more, nobody comes in unasked."""

    code: ClassVar[str] = "ADMINISTRATOR_PROPOSED"
    name: ClassVar[str] = "ROPS proponuje administratora OPS"
    subject: ClassVar[str] = "ROPS proponuje administratora OPS: {full_name}"
    link_label: ClassVar[str] = "Odpowiedz"
    page: ClassVar[str] = "people:administrator"


@dataclass(frozen=True)
class AdministratorWaits(_AboutProposal):
    """To the whole office, when nobody is left who could agree: there are 72 hours to stop it."""

    code: ClassVar[str] = "ADMINISTRATOR_WAITS"
    name: ClassVar[str] = "Zaproszenie administratora OPS czeka 72 godziny"
    subject: ClassVar[str] = "Za 72 godziny ROPS zaprosi administratora OPS: {full_name}"
    link_label: ClassVar[str] = "Zobacz i w razie potrzeby zatrzymaj"
    page: ClassVar[str] = "people:administrator_stop"
