"""Who may do what in the partnership; what is not named here is denied (vocabulary.md)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kooperacja.ui.problems import Refused
from tenants.partnership.models import (
    AccessionDeclaration,
    ConfidentialityStatement,
    DataProcessingAgreement,
    Organisation,
    Person,
    ProcessingAuthorisation,
    RegulationVersion,
    ResignationNotice,
    RoleAssignment,
)
from tenants.partnership.workflow import RegulationState
from tenants.registry.roles import OFFICE_ROLES, Role

# The Lider keeps the register (REG §5.1.a); the network officer does the Lider's tasks (§1.3.b).
_REGISTER_KEEPERS = frozenset({Role.TENANT_ADMIN, Role.LEAD, Role.NETWORK_OFFICER})
_REGISTER_READERS = _REGISTER_KEEPERS | {Role.DPO}
_PARTNER_VOICES = frozenset({Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD})


def roles_of(person: Person) -> tuple[RoleAssignment, ...]:
    """The roles a person holds today; asked of the database once for this object."""
    known: tuple[RoleAssignment, ...] | None = getattr(person, "_roles_today", None)
    if known is None:
        known = tuple(person.role_assignments.on(timezone.localdate()))
        person._roles_today = known  # type: ignore[attr-defined]
    return known


def holds(person: Person | None, roles: Iterable[str], organisation_id: UUID | None = None) -> bool:
    """Whether the person holds one of the roles, for the Lider or for that institution."""
    if person is None:
        return False
    wanted = frozenset(roles)
    return any(
        held.role in wanted and held.organisation_id == organisation_id for held in roles_of(person)
    )


def require(is_allowed: bool, why: str, clause: str = "") -> None:
    """Raise what the person is told when they may not."""
    if not is_allowed:
        raise Refused("Nie możesz tego zrobić", why, clause=clause)


def is_of_office(person: Person | None) -> bool:
    return holds(person, OFFICE_ROLES)


def own_organisations(person: Person) -> set[UUID]:
    """Institutions the person acts for here."""
    return {held.organisation_id for held in roles_of(person) if held.organisation_id}


def can_see_members(person: Person | None) -> bool:
    """Members know each other (REG §1.8): whoever has a role here, but for who only applies."""
    return person is not None and any(held.role != Role.APPLICANT for held in roles_of(person))


def can_see_organisations(person: Person | None) -> bool:
    return can_see_members(person)


def can_see_organisation(person: Person | None, organisation: Organisation) -> bool:
    return can_see_members(person) or holds(person, {Role.APPLICANT}, organisation.pk)


def can_keep_register(person: Person | None) -> bool:
    return holds(person, _REGISTER_KEEPERS)


def can_edit_organisation(person: Person | None, organisation: Organisation) -> bool:
    """The office; before it joins also who applies for it, whose role ends with the decision."""
    return can_keep_register(person) or holds(person, {Role.APPLICANT}, organisation.pk)


def can_see_declarations(person: Person | None) -> bool:
    """The list of all declarations; a partner sees its own ones."""
    return holds(person, _REGISTER_READERS)


def can_list_declarations(person: Person | None) -> bool:
    """Everybody with a role here opens the list, which shows each what is theirs."""
    return person is not None and bool(roles_of(person))


def organisations_spoken_for(person: Person) -> set[UUID]:
    """Institutions whose declarations the person may read."""
    return {
        held.organisation_id
        for held in roles_of(person)
        if held.role in _PARTNER_VOICES and held.organisation_id
    }


def declarations_seen_by(person: Person) -> QuerySet[AccessionDeclaration]:
    """All that `can_see_declaration` lets the person see."""
    if can_see_declarations(person):
        return AccessionDeclaration.objects.all()
    applies_for = {
        held.organisation_id for held in roles_of(person) if held.role == Role.APPLICANT
    } - {None}
    return AccessionDeclaration.objects.filter(
        Q(organisation__in=organisations_spoken_for(person))
        | Q(applicant=person, organisation__in=applies_for)
    )


def can_see_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    return (
        can_see_declarations(person)
        or holds(person, _PARTNER_VOICES, declaration.organisation_id)
        or is_applicant(person, declaration)
    )


def can_edit_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """The office, and whom it invited to fill this one in (REG §1.5)."""
    return can_keep_register(person) or is_applicant(person, declaration)


def is_applicant(person: Person | None, declaration: AccessionDeclaration) -> bool:
    return (
        person is not None
        and declaration.applicant_id == person.pk
        and holds(person, {Role.APPLICANT}, declaration.organisation_id)
    )


def can_decide(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """The Lider alone, and never on behalf of the institution that joins (REG §1.5 s.2)."""
    if person is None or not holds(person, {Role.LEAD}):
        return False
    return declaration.organisation_id not in own_organisations(person) and person.pk not in {
        declaration.signatory_id,
        declaration.coordinator_id,
        declaration.applicant_id,
    }


def can_see_regulation(person: Person | None) -> bool:
    """Everybody with a role here; whoever joins must have read it (REG §1.5)."""
    return person is not None and bool(roles_of(person))


def can_see_drafts(person: Person | None) -> bool:
    """What is being changed concerns members alone (REG §9)."""
    return can_see_members(person)


def can_write_regulation(person: Person | None) -> bool:
    return can_keep_register(person)


def can_adopt_regulation(person: Person | None) -> bool:
    """The Lider's representative (REG §9)."""
    return holds(person, {Role.LEAD})


def can_manage_people(person: Person | None) -> bool:
    """Appoint the network officer (REG §1.3.b par. 2) and other people of the office."""
    return holds(person, {Role.TENANT_ADMIN, Role.LEAD})


def can_edit_partnership(person: Person | None) -> bool:
    return holds(person, {Role.TENANT_ADMIN, Role.LEAD})


def can_edit_accessibility(person: Person | None) -> bool:
    return holds(person, {Role.TENANT_ADMIN, Role.LEAD})


def can_edit_profile(person: Person | None, organisation: Organisation) -> bool:
    """The office, and whoever speaks for the institution (REG §1.8)."""
    return can_keep_register(person) or holds(person, _PARTNER_VOICES, organisation.pk)


def can_keep_posts(person: Person | None) -> bool:
    """Who heads an institution decides who may sign for it: the Lider keeps that."""
    return can_keep_register(person)


def can_delegate(person: Person | None, organisation_id: UUID) -> bool:
    """Say who coordinates for the institution and who works in ZZK: its head, or the office."""
    return can_keep_register(person) or is_head(person, organisation_id)


def is_head(person: Person | None, organisation_id: UUID) -> bool:
    return holds(person, {Role.PARTNER_HEAD}, organisation_id)


def can_rate_members(person: Person | None) -> bool:
    """Levels of engagement and the four flags are the Lider's alone (REG §5.1.b, d)."""
    return holds(person, {Role.LEAD})


def can_see_reasons(person: Person | None, organisation_id: UUID) -> bool:
    """Why the Lider chose a level of engagement: the office and the institution itself."""
    return holds(person, _REGISTER_READERS) or holds(person, _PARTNER_VOICES, organisation_id)


def can_see_recruitment(person: Person | None) -> bool:
    """Who asked to join and whom the office invited; holds contact data (REG §5.1.h)."""
    return holds(person, _REGISTER_READERS)


def can_recruit(person: Person | None) -> bool:
    return can_keep_register(person)


def can_keep_data_registers(person: Person | None) -> bool:
    """Agreements and authorisations are kept by the Lider (REG §8.2)."""
    return holds(person, _REGISTER_KEEPERS)


def can_see_data_registers(person: Person | None) -> bool:
    """All of them: the office that keeps them and the data protection officer."""
    return holds(person, _REGISTER_READERS)


def voiced_organisations(person: Person | None) -> set[UUID]:
    """Institutions in whose name the person speaks: as head or coordinator."""
    if person is None:
        return set()
    held = roles_of(person)
    return {
        one.organisation_id for one in held if one.organisation_id and one.role in _PARTNER_VOICES
    }


def can_see_data_protection(person: Person | None) -> bool:
    """The overview and the registers; a partner's voice sees its own institution's rows."""
    return can_see_data_registers(person) or bool(voiced_organisations(person))


def can_see_agreement(person: Person | None, agreement: DataProcessingAgreement) -> bool:
    return can_see_data_registers(person) or holds(
        person, _PARTNER_VOICES, agreement.organisation_id
    )


def can_see_data_of_person(
    person: Person | None, row: ProcessingAuthorisation | ConfidentialityStatement
) -> bool:
    """An authorisation or a statement: the registers' readers, its institution, its person."""
    if can_see_data_registers(person) or (person is not None and row.person_id == person.pk):
        return True
    return bool(row.organisation_id) and holds(person, _PARTNER_VOICES, row.organisation_id)


def can_resign(person: Person | None, organisation_id: UUID) -> bool:
    """The institution itself, or the office that got its resignation on paper (REG §1.6)."""
    return can_keep_register(person) or holds(person, _PARTNER_VOICES, organisation_id)


def can_see_resignation(person: Person | None, notice: ResignationNotice) -> bool:
    return can_see_declarations(person) or holds(
        person, _PARTNER_VOICES, notice.membership.organisation_id
    )


def can_dissolve(person: Person | None) -> bool:
    """The Lider alone (REG §1.7)."""
    return holds(person, {Role.LEAD})


def can_vote(person: Person | None, organisation_id: UUID | None) -> bool:
    """Write the vote of an institution; without one, the Lider's own (REG §9)."""
    if organisation_id is None:
        return holds(person, {Role.LEAD})
    return holds(person, _PARTNER_VOICES, organisation_id)


def can_record_votes(person: Person | None) -> bool:
    return can_keep_register(person)


def can_withdraw_regulation(person: Person | None, version: RegulationVersion) -> bool:
    """The Lider; a draft also whoever writes it."""
    if version.state == RegulationState.DRAFT:
        return can_write_regulation(person)
    return can_adopt_regulation(person)


def can_see_who_acknowledged(person: Person | None) -> bool:
    return can_keep_register(person)


def can_see_resources(person: Person | None) -> bool:
    """Who helps in the neighbourhood is for all members (REG §5.1.e)."""
    return can_see_members(person)


def can_keep_resources(person: Person | None) -> bool:
    return can_keep_register(person)
