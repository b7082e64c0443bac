"""Messages about services on their way into the basket (REG §3.2–3.3)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.urls import reverse

from kooperacja.letters import Link
from kooperacja.notifications.base import Notification
from kooperacja.ui.polish import counted


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
class AskedCard:
    """A card in a mail that asks about several."""

    card_id: UUID
    owner: str
    services: str  # how many wait, in words
    token: str = ""  # of its link; never in an inbox


@dataclass(frozen=True)
class CardsToConfirm(Notification):
    """Asks those who speak for owners of cards to confirm services again (REG §3.5.a)."""

    cards: tuple[AskedCard, ...]

    code: ClassVar[str] = "CARDS_TO_CONFIRM"
    name: ClassVar[str] = "Usługi z karty czekają na potwierdzenie"
    link_label: ClassVar[str] = "Potwierdź usługi"

    @property
    def title(self) -> str:
        if len(self.cards) == 1:
            return f"Potwierdź, że usługi są aktualne: {self.cards[0].owner}"
        cards = counted(len(self.cards), "karta", "karty", "kart")
        return f"Potwierdź, że usługi są aktualne ({cards})"

    @property
    def waiting(self) -> str:
        """A sentence for each card, an empty line between two."""
        said = (f"{one.owner}: {one.services} na potwierdzenie." for one in self.cards)
        return "\n\n".join(said)

    @property
    def url(self) -> str:
        """In a mail the link that needs no account, in an inbox the page of the card."""
        return self._url_of(self.cards[0])

    @staticmethod
    def _url_of(card: AskedCard) -> str:
        if card.token:
            return reverse("baskets:check_link", args=[card.token])
        return reverse("baskets:card_check", args=[card.card_id])

    @property
    def leads_to(self) -> list[Link]:
        """A link for each card."""
        return [(f"{self.link_label}: {one.owner}", self._url_of(one)) for one in self.cards]

    @property
    def is_public(self) -> bool:
        return bool(self.cards[0].token)


@dataclass(frozen=True)
class _AboutReferral(Notification):
    """The base of every message about a request to take somebody in; it says nothing of them."""

    referral_id: UUID
    service: str
    number: str

    page: ClassVar[str] = "baskets:referral"
    is_obligatory: ClassVar[bool] = False


@dataclass(frozen=True)
class ReferralAsked(_AboutReferral):
    """To the institution of the service: somebody asks."""

    asker: str

    code: ClassVar[str] = "REFERRAL_ASKED"
    name: ClassVar[str] = "Zapytanie o przyjęcie"
    subject: ClassVar[str] = "Odpowiedz na zapytanie o przyjęcie: {service} (nr {number})"


@dataclass(frozen=True)
class ReferralWaits(_AboutReferral):
    """To the same: it still waits for an answer."""

    since: str

    code: ClassVar[str] = "REFERRAL_WAITS"
    name: ClassVar[str] = "Zapytanie o przyjęcie czeka na odpowiedź"
    subject: ClassVar[str] = "Przypominamy o zapytaniu o przyjęcie: {service} (nr {number})"


@dataclass(frozen=True)
class ReferralAnswered(_AboutReferral):
    """To the institution that asked: the answer."""

    answer: str

    code: ClassVar[str] = "REFERRAL_ANSWERED"
    name: ClassVar[str] = "Odpowiedź na zapytanie o przyjęcie"
    subject: ClassVar[str] = "Odpowiedź na zapytanie o przyjęcie: {service} (nr {number})"


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


@dataclass(frozen=True)
class CardMissing(Notification):
    """Reminds those who speak for a kooperant that the Lider has no card of it (REG §3.2)."""

    institution: str

    code: ClassVar[str] = "CARD_MISSING"
    name: ClassVar[str] = "Przypomnienie o karcie usług"
    subject: ClassVar[str] = "Przekaż kartę usług: {institution}"
    is_obligatory: ClassVar[bool] = False
    link_label: ClassVar[str] = "Przejdź do kart usług"

    @property
    def url(self) -> str:
        return reverse("baskets:cards")


@dataclass(frozen=True)
class ServicesFound(Notification):
    """Tells a reader that their saved searches find something new; the page says what (REG §3.4)."""

    found: str  # how many, in words

    code: ClassVar[str] = "SERVICES_FOUND"
    name: ClassVar[str] = "Nowe usługi w zapisanych szukaniach"
    subject: ClassVar[str] = "W koszyku jest to, czego szukasz: {found}"
    is_obligatory: ClassVar[bool] = False
    link_label: ClassVar[str] = "Zobacz zapisane szukania"

    @property
    def url(self) -> str:
        return reverse("baskets:searches")
