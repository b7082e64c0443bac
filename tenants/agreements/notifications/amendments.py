"""Messages about aneksy, from a shared draft to force (POR preamble)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.urls import reverse

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _AboutAmendment(Notification):
    """The base of every message about an aneks."""

    amendment_id: UUID
    what: str

    page: ClassVar[str] = "agreements:amendment"


@dataclass(frozen=True)
class _AboutSide(_AboutAmendment):
    """The base of those about one of the parties that must sign it."""

    party: str


@dataclass(frozen=True)
class AmendmentShared(_AboutAmendment):
    """To the parties of an agreement in force: they may read the draft of an aneks."""

    code: ClassVar[str] = "AMENDMENT_SHARED"
    name: ClassVar[str] = "Projekt aneksu do przeczytania"
    subject: ClassVar[str] = "{what}: można go czytać"


@dataclass(frozen=True)
class AmendmentToSign(_AboutSide):
    """To the people of a party: the aneks waits for its signature."""

    until: str
    is_first: bool
    has_turns: bool  # one set or one file goes round

    code: ClassVar[str] = "AMENDMENT_TO_SIGN"
    name: ClassVar[str] = "Aneks do podpisu"
    subject: ClassVar[str] = "{what} czeka na podpis: {party}"


@dataclass(frozen=True)
class AmendmentTurn(_AboutSide):
    """To the people of a party: those before it signed or refused, and it is next."""

    until: str
    is_begun: bool  # an electronic signature is in the file

    code: ClassVar[str] = "AMENDMENT_TURN"
    name: ClassVar[str] = "Kolej na podpis aneksu"
    subject: ClassVar[str] = "{what}, kolej na podpis: {party}"


@dataclass(frozen=True)
class AmendmentSignReminder(_AboutSide):
    """To the people of a party that neither signed nor refused: the last day is near."""

    until: str

    code: ClassVar[str] = "AMENDMENT_SIGN_REMINDER"
    name: ClassVar[str] = "Przypomnienie o podpisie aneksu"
    subject: ClassVar[str] = "{what}, ostatni dzień na podpis {until}: {party}"


@dataclass(frozen=True)
class AmendmentSigned(_AboutSide):
    """To the office, in the mail of the day: a party signed."""

    left: str

    code: ClassVar[str] = "AMENDMENT_SIGNED"
    name: ClassVar[str] = "Podpis Strony pod aneksem"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what} ma podpis Strony: {party}"


@dataclass(frozen=True)
class AmendmentRefused(_AboutSide):
    """To the office and those who signed: a party does not sign, and why."""

    reason: str

    code: ClassVar[str] = "AMENDMENT_REFUSED"
    name: ClassVar[str] = "Odmowa podpisu aneksu"
    subject: ClassVar[str] = "{what}, odmowa podpisu: {party}"


@dataclass(frozen=True)
class AmendmentRefusalWithdrawn(_AboutSide):
    """To the same, in the mail of the day: the party thought better of it."""

    code: ClassVar[str] = "AMENDMENT_REFUSAL_WITHDRAWN"
    name: ClassVar[str] = "Cofnięcie odmowy podpisu aneksu"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what}, cofnięto odmowę podpisu: {party}"


@dataclass(frozen=True)
class AmendmentTakenBack(_AboutAmendment):
    """To those who were to sign: it is a draft again, what was signed is void, and why."""

    agreement_id: UUID
    reason: str
    is_shared: bool

    code: ClassVar[str] = "AMENDMENT_TAKEN_BACK"
    name: ClassVar[str] = "Cofnięcie aneksu do projektu"
    subject: ClassVar[str] = "{what} nie jest już do podpisu"

    @property
    def url(self) -> str:
        """The agreement, where the parties don't read the draft."""
        if self.is_shared:
            return super().url
        return reverse("agreements:agreement", args=[self.agreement_id])


@dataclass(frozen=True)
class AmendmentInForce(_AboutAmendment):
    """To all parties and the office: from when the agreement reads otherwise."""

    since: str

    code: ClassVar[str] = "AMENDMENT_IN_FORCE"
    name: ClassVar[str] = "Wejście aneksu w życie"
    subject: ClassVar[str] = "{what} obowiązuje od {since}"


@dataclass(frozen=True)
class AmendmentFailed(_AboutAmendment):
    """To those who were to sign and the office: it did not come into force, and why."""

    why: str

    code: ClassVar[str] = "AMENDMENT_FAILED"
    name: ClassVar[str] = "Aneks, który nie wszedł w życie"
    subject: ClassVar[str] = "{what} nie wszedł w życie"
