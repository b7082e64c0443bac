"""Messages of the GGK: institutions, functions and days, never a family."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification
from kooperacja.tenancy.urls import root_reverse


@dataclass(frozen=True)
class _AboutDelegation(Notification):
    """The base of every message about a delegation."""

    delegation_id: UUID
    function: str
    institution: str

    page: ClassVar[str] = "ggk:delegation"


@dataclass(frozen=True)
class DelegationAnswered(_AboutDelegation):
    """To whoever asks for delegations, in the mail of the day: what became of a request."""

    news: str

    code: ClassVar[str] = "DELEGATION_ANSWERED"
    name: ClassVar[str] = "Odpowiedź na prośbę o delegowanie do GGK"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{news} ({function})"


@dataclass(frozen=True)
class DelegationToAccept(_AboutDelegation):
    """To the person whom an institution named: it waits for them to accept."""

    code: ClassVar[str] = "DELEGATION_TO_ACCEPT"
    name: ClassVar[str] = "Delegacja do GGK czeka na przyjęcie"
    subject: ClassVar[str] = "Delegacja do GGK ({function}) czeka na przyjęcie"
    page: ClassVar[str] = "ggk:delegation_accept"
    link_label: ClassVar[str] = "Przejdź do delegacji"


@dataclass(frozen=True)
class DelegationOver(_AboutDelegation):
    """To the delegate: from a day they are in the group no longer, and why."""

    since: str
    why: str

    code: ClassVar[str] = "DELEGATION_OVER"
    name: ClassVar[str] = "Koniec delegacji do GGK"
    subject: ClassVar[str] = "Koniec delegacji do GGK ({function})"
    link_label: ClassVar[str] = "Zobacz, gdzie działasz"

    @property
    def url(self) -> str:
        """The account's own page: the unit may be closed to them by then."""
        return root_reverse("places")
