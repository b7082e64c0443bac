"""Permissions for institutions and people; everything not named here is denied."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kooperacja import offers
from kooperacja.permissions import permission
from tenants.people.models import Organisation, Person, RoleAssignment, holds
from tenants.registry.roles import MANAGERS, OFFICE_ROLES, VOICE_ROLES, Role
from tenants.registry.support import AdviserProposal
from tenants.registry.workflow import SUPPORT

# The Lider keeps the register (REG §5.1.a); the network officer does the Lider's tasks (§1.3.b).
OFFICE = frozenset({Role.TENANT_ADMIN, Role.LEAD, Role.NETWORK_OFFICER})
OFFICE_AND_DPO = OFFICE | {Role.DPO}
LEAD = frozenset({Role.LEAD})
VOICES = VOICE_ROLES
# Who speaks for an institution in a team; a party of an agreement need not be a kooperant.
SPEAKERS = VOICES | {Role.PARTY}
# Who was let in for one matter alone, and learns nothing of the partnership.
OUTSIDE = frozenset({Role.APPLICANT, Role.PARTY, Role.DELEGATE, Role.ADVISER})
# Those of an institution who invite to a role in it, besides the office.
_INVITED_BY: dict[str, frozenset[Role]] = {
    Role.PARTNER_COORDINATOR: frozenset({Role.PARTNER_HEAD}),
    Role.PARTNER_WORKER: VOICES,
}
OR_OFFICER = "Lider albo wyznaczony przez niego pracownik ds. sieci."
OR_OFFICER_OF = "Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."


@dataclass(frozen=True, slots=True)
class HandedIn(offers.Offer):
    """Says that something signed with an institution's data waits for the Lider's decision."""

    holds: Callable[[Organisation], bool]


def _held(person: Person | None) -> tuple[RoleAssignment, ...]:
    return person.roles_today if person else ()


def is_of_office(person: Person | None) -> bool:
    return holds(person, OFFICE_ROLES)


def is_head(person: Person | None, organisation_id: UUID) -> bool:
    return holds(person, {Role.PARTNER_HEAD}, organisation_id)


def own_organisations(person: Person) -> set[UUID]:
    """Institutions the person acts for here; one who was only delegated acts for none."""
    held = (row for row in person.roles_today if row.role != Role.DELEGATE)
    return {row.organisation_id for row in held if row.organisation_id}


def voiced_organisations(person: Person | None) -> set[UUID]:
    """Kooperanci in whose name the person speaks: as head or coordinator."""
    return _organisations(person, VOICES)


def spoken_organisations(person: Person | None) -> set[UUID]:
    """Institutions in whose name the person speaks in a team, kooperanci and parties alike."""
    return _organisations(person, SPEAKERS)


def _organisations(person: Person | None, roles: frozenset[Role]) -> set[UUID]:
    held = _held(person)
    return {row.organisation_id for row in held if row.organisation_id and row.role in roles}


def has_role(person: Person | None) -> bool:
    """Belongs to the partnership, to a party of an agreement, or is joining: an adviser does not."""
    return any(row.role != Role.ADVISER for row in _held(person))


def is_adviser(person: Person | None) -> bool:
    """Supports the unit for the ROPS, and reads its agreements alone (POR support)."""
    return holds(person, {Role.ADVISER})


def is_member(person: Person | None) -> bool:
    """Members know each other (REG §1.8): whoever has a role here that is not for one matter alone."""
    return any(row.role not in OUTSIDE for row in _held(person))


def works_for_member(person: Person | None) -> bool:
    """Works for the Lider or for a kooperant of today: an institution that left is one no more."""
    return is_of_office(person) or any(
        row.is_of_member and row.role not in OUTSIDE for row in _held(person)
    )


def takes_part(person: Person | None) -> bool:
    """Members, people of the parties of an agreement, delegates: they may have a team here (POR §2)."""
    return any(row.role not in (Role.APPLICANT, Role.ADVISER) for row in _held(person))


def may_have_open_team(person: Person | None) -> bool:
    """Those of them who are not in a closed team alone, as delegates are."""
    outside = (Role.APPLICANT, Role.ADVISER, Role.DELEGATE)
    return person is not None and any(row.role not in outside for row in person.roles_today)


@permission("Tę stronę widzą osoby, które wpuszczono do tej jednostki.")
def enter(person: Person | None) -> bool:
    """Everybody who was let in."""
    return person is not None


@permission(f"Instytucje wpisuje {OR_OFFICER_OF}", "§ 5 ust. 1 lit. a regulaminu")
def keep_organisations(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(f"Instytucje wpisuje {OR_OFFICER_OF}", "§ 5 ust. 1 lit. a regulaminu")
def edit_organisation(person: Person | None, organisation: Organisation) -> bool:
    """The office; before it joins also who applies for it, until the declaration is handed in."""
    if holds(person, OFFICE):
        return True
    return holds(person, {Role.APPLICANT}, organisation.pk) and not any(
        offer.holds(organisation) for offer in offers.of(HandedIn)
    )


@permission(
    "Wpisy rejestru porządkuje Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci, "
    "a wpisy osób z ośrodka osoba reprezentująca Lidera albo administrator OPS.",
    "§ 5 ust. 1 lit. a regulaminu",
)
def mend(person: Person | None, subject: Organisation | Person) -> bool:
    """Merge an entry with another, part them again, strike it."""
    is_colleague = isinstance(subject, Person) and is_of_office(subject)
    return holds(person, MANAGERS if is_colleague else OFFICE)


@permission(f"Rejestr osób prowadzi {OR_OFFICER_OF}", "§ 5 ust. 1 lit. a regulaminu")
def see_people(person: Person | None) -> bool:
    """People of the register, with their contact and what they are."""
    return holds(person, OFFICE)


@permission(
    "Profil i dane kontaktowe zmienia koordynator albo kierujący tej instytucji, "
    "a także Lider Partnerstwa.",
    "§ 1 ust. 8 regulaminu",
)
def edit_profile(person: Person | None, organisation: Organisation) -> bool:
    return holds(person, OFFICE) or holds(person, VOICES, organisation.pk)


@permission(
    "Ludźmi ośrodka zajmuje się osoba reprezentująca Lidera albo administrator OPS.",
    "§ 1 ust. 3 lit. b regulaminu",
)
def manage_people(person: Person | None) -> bool:
    """Appoint the network officer and other people of the office."""
    return holds(person, MANAGERS)


@permission(
    "Zaproszeniem zajmuje się ten, kto może zaprosić do tej roli: w ośrodku osoba reprezentująca "
    "Lidera albo administrator OPS, w instytucji ośrodek, koordynatora także osoba, która nią "
    "kieruje, a pracownika ona albo koordynator.",
    "§ 1 ust. 3 regulaminu",
)
def keep_invitation(person: Person | None, assignment: RoleAssignment) -> bool:
    """See how far the invitation to a role has come, send it again, withdraw it."""
    if assignment.organisation_id is None:
        return holds(person, MANAGERS)
    may = _INVITED_BY.get(assignment.role, frozenset())
    return holds(person, OFFICE) or holds(person, may, assignment.organisation_id)


def invites_somebody(person: Person | None) -> bool:
    """Told on the first page of invitations that nobody took: the office's people, and heads.

    A coordinator lets in workers alone, who stand on the page of those workers.
    """
    return any(row.role in OFFICE or row.role == Role.PARTNER_HEAD for row in _held(person))


@permission(
    "Na propozycję ROPS odpowiada osoba reprezentująca Lidera albo administrator OPS.",
    "§ 1 ust. 3 lit. b regulaminu",
)
def answer_proposals(person: Person | None) -> bool:
    """Agree to an administrator whom the region proposes, or refuse."""
    return holds(person, MANAGERS)


@permission("Zaproszenie administratora OPS zatrzymuje osoba z ośrodka.")
def stop_proposals(person: Person | None) -> bool:
    """Stop one while nobody is left who could agree."""
    return is_of_office(person)


@permission(
    "Na propozycję ROPS odpowiada osoba reprezentująca Lidera albo administrator OPS.", SUPPORT
)
def answer_advisers(person: Person | None) -> bool:
    """Let in an adviser whom the region proposes, or refuse."""
    return holds(person, MANAGERS)


@permission(
    "Wsparcie doradcy kończy osoba reprezentująca Lidera, administrator OPS albo sam doradca.",
    SUPPORT,
)
def end_adviser(person: Person | None, proposal: AdviserProposal) -> bool:
    """End the support in this unit."""
    return answer_advisers(person) or is_own_support(person, proposal)


def is_own_support(person: Person | None, proposal: AdviserProposal) -> bool:
    """The person is the adviser whom the unit let in by this proposal."""
    return any(row.pk == proposal.assignment_id for row in _held(person))


@permission(
    "Dziennik czytają administrator OPS, osoba reprezentująca Lidera i inspektor ochrony danych."
)
def read_journal(person: Person | None) -> bool:
    return holds(person, MANAGERS | {Role.DPO})
