"""Messages about services on their way into the basket (REG §3.2–3.3)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _AboutService(Notification):
    """The base of every message about a service."""

    service_id: UUID
    service: str

    page: ClassVar[str] = "baskets:service"
    is_obligatory: ClassVar[bool] = False


@dataclass(frozen=True)
class ServiceFiled(_AboutService):
    """To the office: a service waits to be taken into the basket."""

    owner: str

    code: ClassVar[str] = "SERVICE_FILED"
    name: ClassVar[str] = "Usługa czeka na przyjęcie do koszyka"
    subject: ClassVar[str] = "Usługa czeka na przyjęcie do koszyka: {service} ({owner})"


@dataclass(frozen=True)
class ServiceAccepted(_AboutService):
    """To those who speak for its institution: it stands in the basket."""

    code: ClassVar[str] = "SERVICE_ACCEPTED"
    name: ClassVar[str] = "Usługę przyjęto do koszyka"
    subject: ClassVar[str] = "Przyjęto do koszyka: {service}"


@dataclass(frozen=True)
class ServiceReturned(_AboutService):
    """To the same: it must be mended."""

    reason: str

    code: ClassVar[str] = "SERVICE_RETURNED"
    name: ClassVar[str] = "Zwrot usługi do poprawy"
    subject: ClassVar[str] = "Popraw opis usługi: {service}"


@dataclass(frozen=True)
class ServiceReported(_AboutService):
    """To those who keep the card, and the office: a reader says that something is wrong."""

    text: str

    code: ClassVar[str] = "SERVICE_REPORTED"
    name: ClassVar[str] = "Zgłoszono błąd w opisie usługi"
    subject: ClassVar[str] = "Sprawdź opis usługi: {service}"


@dataclass(frozen=True)
class CardToConfirm(Notification):
    """To the owner of a card: some of its services are to be confirmed again (REG §3.5.a)."""

    card_id: UUID
    owner: str
    services: str  # how many, in words

    code: ClassVar[str] = "CARD_TO_CONFIRM"
    name: ClassVar[str] = "Usługi z karty czekają na potwierdzenie"
    subject: ClassVar[str] = "Potwierdź, że usługi są aktualne: {owner}"
    page: ClassVar[str] = "baskets:card_check"
    is_obligatory: ClassVar[bool] = False
    link_label: ClassVar[str] = "Potwierdź usługi"


@dataclass(frozen=True)
class EditionIssued(Notification):
    """To all members: the basket has a new edition (REG §3.4, §5.1.g)."""

    edition_id: UUID
    number: int
    changes: str  # since the one before, in words

    code: ClassVar[str] = "EDITION_ISSUED"
    name: ClassVar[str] = "Nowe wydanie koszyka usług"
    subject: ClassVar[str] = "Nowe wydanie koszyka usług: nr {number}"
    page: ClassVar[str] = "baskets:edition"
    is_obligatory: ClassVar[bool] = False
    link_label: ClassVar[str] = "Zobacz wydanie"
