"""Messages about papers that were asked for."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _OfPaper(Notification):
    prepared_id: UUID
    paper: str

    is_obligatory: ClassVar[bool] = False
    page: ClassVar[str] = "documents:prepared"


@dataclass(frozen=True)
class PaperReady(_OfPaper):
    """A long paper that somebody asked for is drawn."""

    code: ClassVar[str] = "PAPER_READY"
    name: ClassVar[str] = "Dokument jest gotowy do pobrania"
    subject: ClassVar[str] = "Gotowe do pobrania: {paper}"


@dataclass(frozen=True)
class PaperFailed(_OfPaper):
    """A long paper that somebody asked for could not be drawn."""

    code: ClassVar[str] = "PAPER_FAILED"
    name: ClassVar[str] = "Dokumentu nie udało się przygotować"
    subject: ClassVar[str] = "Nie udało się przygotować: {paper}"
