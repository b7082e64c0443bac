"""Messages about those whom the region proposes to a unit (REG §1.3.b, POR support)."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from kooperacja.inbox.actions import queue_mail
from kooperacja.letters import letter
from kooperacja.notifications.base import Notification
from kooperacja.tenancy.urls import root_reverse
from tenants.registry.support import AdviserProposal


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


@dataclass(frozen=True)
class AdviserProposed(Notification):
    """To the Lider and the administrators: the region proposes an adviser, nobody comes in unasked."""

    code: ClassVar[str] = "ADVISER_PROPOSED"
    name: ClassVar[str] = "ROPS proponuje doradcę"
    subject: ClassVar[str] = "ROPS proponuje doradcę: {full_name}"
    link_label: ClassVar[str] = "Odpowiedz"
    page: ClassVar[str] = "people:adviser"

    proposal_id: UUID
    full_name: str
    function: str
    email: str


def tell_region_of_adviser(proposal: AdviserProposal) -> None:
    """Whoever proposed an adviser hears of the answer, and of the end, with the reason."""
    if proposal.proposer is None:
        return
    page = root_reverse("panel:tenant_people", proposal.tenant.unit.code)
    mail = letter(
        "adviser_answered",
        {"proposal": proposal},
        title="Odpowiedź w sprawie doradcy ROPS",
        subject="Kooperacja: odpowiedź w sprawie doradcy ROPS",
        links=[("Zobacz jednostkę", page)],
        ask="W razie pytań zwróć się do tej jednostki.",
    )
    dedupe = f"adviser-answered:{proposal.pk}:{proposal.version}"
    queue_mail(to=proposal.proposer.email, letter=mail, dedupe=dedupe)


def tell_adviser(proposal: AdviserProposal) -> None:
    """The adviser hears of being let in, and of the end, with the reason."""
    mail = letter(
        "adviser_told",
        {"proposal": proposal},
        title="Wsparcie doradcy ROPS",
        subject=f"Kooperacja: {proposal.tenant.ref.name}, wsparcie doradcy ROPS",
        links=[("Zobacz, gdzie pracujesz", root_reverse("places"))],
        ask=f"W razie pytań zwróć się do koordynatora ROPS: {proposal.proposed_by}.",
    )
    dedupe = f"adviser-told:{proposal.pk}:{proposal.version}"
    queue_mail(to=proposal.adviser.email, letter=mail, dedupe=dedupe)
