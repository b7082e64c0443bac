"""Messages about joining and leaving (REG §1.4–1.7)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.urls import reverse

from kooperacja.notifications.base import Notification
from kooperacja.tenancy.urls import root_reverse


@dataclass(frozen=True)
class _AboutDeclaration(Notification):
    """The base of every message about a declaration."""

    declaration_id: UUID
    organisation_name: str

    page: ClassVar[str] = "accession:declaration"


@dataclass(frozen=True)
class DeclarationFiled(_AboutDeclaration):
    """To the Lider: a declaration waits for the decision."""

    code: ClassVar[str] = "DECLARATION_FILED"
    name: ClassVar[str] = "Deklaracja przystąpienia czeka na decyzję"
    subject: ClassVar[str] = "Deklaracja czeka na Twoją decyzję: {organisation_name}"
    is_obligatory: ClassVar[bool] = False


@dataclass(frozen=True)
class DeclarationAccepted(_AboutDeclaration):
    """To those whom the declaration names: the institution was admitted.

    Who filled in or signed the declaration and has no role from now on can't open it.
    """

    annotation: str
    may_open: bool = True

    code: ClassVar[str] = "DECLARATION_ACCEPTED"
    name: ClassVar[str] = "Przyjęcie instytucji do Partnerstwa"

    @property
    def title(self) -> str:
        if not self.may_open:
            return f"{self.organisation_name}: {self.annotation}"
        return f"Przyjęto do Partnerstwa: {self.organisation_name}"

    @property
    def url(self) -> str:
        return super().url if self.may_open else reverse("join")

    @property
    def is_public(self) -> bool:
        return not self.may_open


@dataclass(frozen=True)
class DeclarationReturned(_AboutDeclaration):
    """To those whom the declaration names: it must be corrected."""

    reason: str

    code: ClassVar[str] = "DECLARATION_RETURNED"
    name: ClassVar[str] = "Zwrot deklaracji do poprawy"
    subject: ClassVar[str] = "Deklaracja do poprawy: {organisation_name}"


@dataclass(frozen=True)
class DeclarationReminded(_AboutDeclaration):
    """To the person invited: the declaration waits to be handed in."""

    code: ClassVar[str] = "DECLARATION_REMINDED"
    name: ClassVar[str] = "Przypomnienie o deklaracji przystąpienia"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Deklaracja czeka na złożenie: {organisation_name}"


@dataclass(frozen=True)
class DeclarationRefused(_AboutDeclaration):
    """To those whom the declaration names, who can't open it any more: the Lider refused."""

    reason: str

    code: ClassVar[str] = "DECLARATION_REFUSED"
    name: ClassVar[str] = "Odmowa przyjęcia do Partnerstwa"
    subject: ClassVar[str] = "Odmowa przyjęcia do Partnerstwa: {organisation_name}"

    @property
    def url(self) -> str:
        return reverse("join")

    @property
    def is_public(self) -> bool:
        return True


@dataclass(frozen=True)
class RecruitmentAsked(Notification):
    """To the Lider and the network officer: an institution asked to join (REG §1.4)."""

    recruitment_id: UUID
    institution_name: str

    code: ClassVar[str] = "RECRUITMENT_ASKED"
    name: ClassVar[str] = "Zgłoszenie zainteresowania Partnerstwem"
    subject: ClassVar[str] = "Chce dołączyć do Partnerstwa: {institution_name}"
    is_obligatory: ClassVar[bool] = False
    page: ClassVar[str] = "accession:recruitment"


@dataclass(frozen=True)
class MemberResigned(Notification):
    """To the Lider and the network officer: an institution leaves (REG §1.6)."""

    notice_id: UUID
    organisation_name: str
    effective_on: str

    code: ClassVar[str] = "MEMBER_RESIGNED"
    name: ClassVar[str] = "Rezygnacja instytucji z Partnerstwa"
    subject: ClassVar[str] = "Rezygnacja z Partnerstwa: {organisation_name}"
    page: ClassVar[str] = "accession:resignation"


@dataclass(frozen=True)
class ResignationConfirmed(Notification):
    """To those who spoke for the institution: its resignation was received (REG §1.6)."""

    organisation_name: str
    received_on: str
    effective_on: str
    signed_by: str
    leaves_later: bool = False

    code: ClassVar[str] = "RESIGNATION_CONFIRMED"
    name: ClassVar[str] = "Potwierdzenie rezygnacji z Partnerstwa"
    subject: ClassVar[str] = "Wpłynęła rezygnacja z Partnerstwa: {organisation_name}"

    @property
    def url(self) -> str:
        # From that day on the other pages of the partnership are closed to them.
        return root_reverse("places") if self.leaves_later else reverse("own_papers")


@dataclass(frozen=True)
class PartnershipDissolved(Notification):
    """To every kooperant: the partnership is no more (REG §1.7)."""

    area: str

    code: ClassVar[str] = "PARTNERSHIP_DISSOLVED"
    name: ClassVar[str] = "Rozwiązanie Partnerstwa"
    subject: ClassVar[str] = "Partnerstwo zostało rozwiązane"

    @property
    def url(self) -> str:
        # Its other pages are closed to the kooperanci by now.
        return reverse("own_papers")
