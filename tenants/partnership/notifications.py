"""Messages about members."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class CoordinatorMissing(Notification):
    """To the Lider and the institution's head: nobody coordinates for it (REG §1.3.a par. 2)."""

    organisation_id: UUID
    organisation_name: str

    code: ClassVar[str] = "COORDINATOR_MISSING"
    name: ClassVar[str] = "Instytucja bez koordynatora Partnerstwa"
    subject: ClassVar[str] = "Instytucja nie ma koordynatora: {organisation_name}"
    is_obligatory: ClassVar[bool] = False
    page: ClassVar[str] = "partnership:organisation"
