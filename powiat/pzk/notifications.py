"""Messages about delegates to Gminne Grupy Kooperacji (POR-C §2.4.2)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _AboutAsked(Notification):
    """The base of every message about a request for a delegate."""

    asked_id: UUID
    gmina: str
    function: str
    party: str

    page: ClassVar[str] = "pzk:asked"
    link_label: ClassVar[str] = "Otwórz prośbę"


@dataclass(frozen=True)
class DelegateAsked(_AboutAsked):
    """To the people of an institution: a gmina asks it for a delegate."""

    until: str

    code: ClassVar[str] = "PZK_DELEGATE_ASKED"
    name: ClassVar[str] = "Prośba gminy o delegata do GGK"
    subject: ClassVar[str] = "{gmina} prosi o delegata do GGK, odpowiedź do {until}"


@dataclass(frozen=True)
class DelegateReminder(_AboutAsked):
    """To the same: the last day of the answer is near."""

    until: str

    code: ClassVar[str] = "PZK_DELEGATE_REMINDER"
    name: ClassVar[str] = "Przypomnienie o prośbie gminy o delegata do GGK"
    subject: ClassVar[str] = "{gmina} czeka na odpowiedź w sprawie delegata do {until}"


@dataclass(frozen=True)
class DelegateAnswered(_AboutAsked):
    """To the office, in the mail of the day: an institution answered."""

    answer: str

    code: ClassVar[str] = "PZK_DELEGATE_ANSWERED"
    name: ClassVar[str] = "Odpowiedź instytucji w sprawie delegata do GGK"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{answer} ({gmina}, {function})"


@dataclass(frozen=True)
class DelegateBecame(_AboutAsked):
    """To the institution and the office, in the mail of the day: what became of it."""

    became: str
    why: str

    code: ClassVar[str] = "PZK_DELEGATE_BECAME"
    name: ClassVar[str] = "Co się stało z prośbą o delegata do GGK"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{became} ({gmina}, {function})"
