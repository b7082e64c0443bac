"""Who may do what in the partnership; what is not named here is denied (vocabulary.md)."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from kooperacja.permissions import permission
from tenants.partnership.models import (
    AccessionDeclaration,
    ConfidentialityStatement,
    DataProcessingAgreement,
    DesignatedWorker,
    Membership,
    Organisation,
    PartnershipCoordinator,
    Person,
    ProcessingAuthorisation,
    RegulationVersion,
    ResignationNotice,
)
from tenants.partnership.models.people import holds, roles_of
from tenants.partnership.workflow import RegulationState
from tenants.registry.roles import OFFICE_ROLES, Role

# The Lider keeps the register (REG §5.1.a); the network officer does the Lider's tasks (§1.3.b).
_OFFICE = frozenset({Role.TENANT_ADMIN, Role.LEAD, Role.NETWORK_OFFICER})
_OFFICE_AND_DPO = _OFFICE | {Role.DPO}
_MANAGERS = frozenset({Role.TENANT_ADMIN, Role.LEAD})
_LEAD = frozenset({Role.LEAD})
_VOICES = frozenset({Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD})
_OR_OFFICER = "Lider albo wyznaczony przez niego pracownik ds. sieci."
_OR_OFFICER_OF = "Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."

# What stands in an institution: it, its membership, a seat of its people, or its id alone.
Institution = Organisation | Membership | PartnershipCoordinator | DesignatedWorker | UUID


def _id_of(institution: Institution) -> UUID:
    match institution:
        case UUID():
            return institution
        case Organisation():
            return institution.pk
        case Membership():
            return institution.organisation_id
    return institution.membership.organisation_id


def is_of_office(person: Person | None) -> bool:
    return holds(person, OFFICE_ROLES)


def is_head(person: Person | None, organisation_id: UUID) -> bool:
    return holds(person, {Role.PARTNER_HEAD}, organisation_id)


def own_organisations(person: Person) -> set[UUID]:
    """Institutions the person acts for here."""
    return {held.organisation_id for held in roles_of(person) if held.organisation_id}


def voiced_organisations(person: Person | None) -> set[UUID]:
    """Institutions in whose name the person speaks: as head or coordinator."""
    held = roles_of(person) if person else ()
    return {row.organisation_id for row in held if row.organisation_id and row.role in _VOICES}


# --- Members and institutions -----------------------------------------------------------------


def _has_role(person: Person | None) -> bool:
    return person is not None and bool(roles_of(person))


def _is_member(person: Person | None) -> bool:
    """Members know each other (REG §1.8): whoever has a role here, but for who only applies."""
    return person is not None and any(held.role != Role.APPLICANT for held in roles_of(person))


@permission("Tę stronę widzą osoby, które wpuszczono do tej jednostki.")
def enter(person: Person | None) -> bool:
    """Whoever was let in."""
    return person is not None


@permission("Rejestr widzą członkowie Partnerstwa.", "§ 5 ust. 1 lit. a regulaminu")
def see_members(person: Person | None) -> bool:
    return _is_member(person)


@permission("Wskazanych widzą członkowie Partnerstwa.", "§ 4 ust. 3 regulaminu")
def see_roster(person: Person | None) -> bool:
    return _is_member(person)


@permission("Instytucje widzą członkowie Partnerstwa.", "§ 1 ust. 8 regulaminu")
def see_organisations(person: Person | None) -> bool:
    return _is_member(person)


@permission("Instytucje widzą członkowie Partnerstwa.", "§ 1 ust. 8 regulaminu")
def see_organisation(person: Person | None, organisation: Organisation) -> bool:
    return _is_member(person) or holds(person, {Role.APPLICANT}, organisation.pk)


@permission(f"Instytucje wpisuje {_OR_OFFICER_OF}", "§ 5 ust. 1 lit. a regulaminu")
def keep_organisations(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission(f"Instytucje wpisuje {_OR_OFFICER_OF}", "§ 5 ust. 1 lit. a regulaminu")
def edit_organisation(person: Person | None, organisation: Organisation) -> bool:
    """The office; before it joins also who applies for it, whose role ends with the decision."""
    return holds(person, _OFFICE) or holds(person, {Role.APPLICANT}, organisation.pk)


@permission(
    "Profil i dane kontaktowe zmienia koordynator albo kierujący tej instytucji, "
    "a także Lider Partnerstwa.",
    "§ 1 ust. 8 regulaminu",
)
def edit_profile(person: Person | None, organisation: Organisation) -> bool:
    return holds(person, _OFFICE) or holds(person, _VOICES, organisation.pk)


@permission(
    "Funkcje w instytucjach wpisuje Lider Partnerstwa albo wyznaczony pracownik ds. sieci.",
    "§ 5 ust. 1 lit. a regulaminu",
)
def keep_posts(person: Person | None) -> bool:
    """Who heads an institution decides who may sign for it: the Lider keeps that."""
    return holds(person, _OFFICE)


def _delegates(person: Person | None, institution: Institution) -> bool:
    return holds(person, _OFFICE) or is_head(person, _id_of(institution))


@permission(
    "Koordynatora wskazuje osoba kierująca tą instytucją, a wpisuje ona albo Lider Partnerstwa.",
    "§ 1 ust. 3 lit. a regulaminu",
)
def name_coordinators(person: Person | None, institution: Institution) -> bool:
    return _delegates(person, institution)


@permission(
    "Pracowników do ZZK wskazuje osoba kierująca instytucją; z jej pisma wpisuje Lider "
    "Partnerstwa.",
    "§ 4 ust. 3 regulaminu",
)
def designate_workers(person: Person | None, institution: Institution) -> bool:
    return _delegates(person, institution)


@permission(
    "Określa to osoba upoważniona do reprezentowania Lidera.", "§ 5 ust. 1 lit. b regulaminu"
)
def set_engagement(person: Person | None) -> bool:
    return holds(person, _LEAD)


@permission(
    "Określa to osoba upoważniona do reprezentowania Lidera.", "§ 5 ust. 1 lit. d regulaminu"
)
def set_flags(person: Person | None) -> bool:
    return holds(person, _LEAD)


@permission("Powód widzi ośrodek i ta instytucja, której dotyczy.", "§ 5 ust. 1 lit. b regulaminu")
def see_reasons(person: Person | None, institution: Institution) -> bool:
    """Why the Lider chose a level of engagement."""
    return holds(person, _OFFICE_AND_DPO) or holds(person, _VOICES, _id_of(institution))


@permission("Zasoby społeczności widzą członkowie Partnerstwa.", "§ 5 ust. 1 lit. e regulaminu")
def see_resources(person: Person | None) -> bool:
    return _is_member(person)


@permission(f"Zasoby społeczności wpisuje {_OR_OFFICER}", "§ 5 ust. 1 lit. e regulaminu")
def keep_resources(person: Person | None) -> bool:
    return holds(person, _OFFICE)


# --- The office -------------------------------------------------------------------------------


@permission(
    "Ludźmi ośrodka zajmuje się osoba reprezentująca Lidera albo administrator OPS.",
    "§ 1 ust. 3 lit. b regulaminu",
)
def manage_people(person: Person | None) -> bool:
    """Appoint the network officer and other people of the office."""
    return holds(person, _MANAGERS)


@permission(
    "Role w ośrodku nadaje osoba reprezentująca Lidera albo administrator OPS.",
    "§ 1 ust. 3 lit. b regulaminu",
)
def become_lead(person: Person | None) -> bool:
    """Enter oneself as the Lider's representative, while there is none."""
    return holds(person, {Role.TENANT_ADMIN})


@permission(
    "Dane Partnerstwa zmienia Lider albo administrator OPS.", "§ 1 ust. 3 lit. b regulaminu"
)
def edit_partnership(person: Person | None) -> bool:
    return holds(person, _MANAGERS)


@permission("Deklarację dostępności zmienia Lider albo administrator OPS.")
def edit_accessibility(person: Person | None) -> bool:
    return holds(person, _MANAGERS)


@permission("Szablony dokumentów zmienia Lider albo administrator OPS.", "§ 2 ust. 11 regulaminu")
def replace_word_forms(person: Person | None) -> bool:
    return holds(person, _MANAGERS)


@permission(
    "Partnerstwo może rozwiązać tylko osoba reprezentująca Lidera.", "§ 1 ust. 7 regulaminu"
)
def dissolve(person: Person | None) -> bool:
    return holds(person, _LEAD)


@permission("Tę stronę widzą członkowie Partnerstwa.", "§ 1 ust. 7 regulaminu")
def see_dissolution(person: Person | None) -> bool:
    return _is_member(person)


# --- Accession and resignation ----------------------------------------------------------------


@permission("Deklaracje widzi Lider i składająca instytucja.")
def list_declarations(person: Person | None) -> bool:
    """Everybody with a role here opens the list, which shows each what is theirs."""
    return _has_role(person)


@permission("Wszystkie deklaracje widzi ośrodek Lidera.")
def see_all_declarations(person: Person | None) -> bool:
    return holds(person, _OFFICE_AND_DPO)


def declarations_seen_by(person: Person) -> QuerySet[AccessionDeclaration]:
    """All that `see_declaration` lets the person see."""
    if see_all_declarations(person):
        return AccessionDeclaration.objects.all()
    applies_for = {
        held.organisation_id for held in roles_of(person) if held.role == Role.APPLICANT
    } - {None}
    return AccessionDeclaration.objects.filter(
        Q(organisation__in=voiced_organisations(person))
        | Q(applicant=person, organisation__in=applies_for)
    )


@permission("Deklaracje widzi Lider i składająca instytucja.")
def see_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    return (
        see_all_declarations(person)
        or holds(person, _VOICES, declaration.organisation_id)
        or fill_in_declaration(person, declaration)
    )


@permission(f"Deklaracje wpisuje {_OR_OFFICER_OF}", "§ 1 ust. 5 regulaminu")
def enter_declarations(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission(f"Deklaracje wpisuje {_OR_OFFICER_OF}", "§ 1 ust. 5 regulaminu")
def edit_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """The office, and whom it invited to fill this one in."""
    return holds(person, _OFFICE) or fill_in_declaration(person, declaration)


@permission("Tę deklarację składa osoba, którą ośrodek do tego zaprosił.", "§ 1 ust. 5 regulaminu")
def fill_in_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    return (
        person is not None
        and declaration.applicant_id == person.pk
        and holds(person, {Role.APPLICANT}, declaration.organisation_id)
    )


@permission(f"Do złożenia deklaracji zaprasza {_OR_OFFICER}", "§ 1 ust. 5 regulaminu")
def invite_applicants(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission(
    "O przyjęciu decyduje osoba upoważniona do reprezentowania Lidera i nie może to być ktoś, "
    "kto działa w imieniu przystępującej instytucji.",
    "§ 1 ust. 5 zd. 2 regulaminu",
)
def decide(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """The Lider alone, and never on behalf of the institution that joins."""
    if person is None or not holds(person, _LEAD):
        return False
    return declaration.organisation_id not in own_organisations(person) and person.pk not in {
        declaration.signatory_id,
        declaration.coordinator_id,
        declaration.applicant_id,
    }


@permission("Nabór widzi ośrodek Lidera.", "§ 1 ust. 4 regulaminu")
def see_recruitment(person: Person | None) -> bool:
    """Who asked to join and whom the office invited; holds contact data (REG §5.1.h)."""
    return holds(person, _OFFICE_AND_DPO)


@permission(f"Nabór prowadzi {_OR_OFFICER_OF}", "§ 1 ust. 4 regulaminu")
def recruit(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission(
    "Rezygnację składa kierujący albo koordynator instytucji; z papieru wpisuje ją Lider.",
    "§ 1 ust. 6 regulaminu",
)
def resign(person: Person | None, institution: Institution) -> bool:
    return holds(person, _OFFICE) or holds(person, _VOICES, _id_of(institution))


@permission("Rezygnację widzi Lider i instytucja, która ją złożyła.", "§ 1 ust. 6 regulaminu")
def see_resignation(person: Person | None, notice: ResignationNotice) -> bool:
    return see_all_declarations(person) or holds(person, _VOICES, notice.membership.organisation_id)


# --- The regulation ---------------------------------------------------------------------------


@permission("Regulamin czytają osoby, które mają rolę w Partnerstwie.")
def see_regulation(person: Person | None) -> bool:
    """Everybody with a role here; whoever joins must have read it (REG §1.5)."""
    return _has_role(person)


@permission(
    "Projekty i głosowania nad zmianą regulaminu widzą członkowie Partnerstwa.", "§ 9 regulaminu"
)
def see_drafts(person: Person | None) -> bool:
    """What is being changed concerns members alone."""
    return _is_member(person)


@permission(
    "Projekty i głosowania nad zmianą regulaminu widzą członkowie Partnerstwa.", "§ 9 regulaminu"
)
def see_version(person: Person | None, version: RegulationVersion) -> bool:
    return _has_role(person) and (version.number is not None or see_drafts(person))


@permission("Z regulaminem zapoznaje się osoba, która ma rolę w Partnerstwie.", "§ 9 regulaminu")
def acknowledge_regulation(person: Person | None) -> bool:
    return _has_role(person)


@permission(f"Listę widzi {_OR_OFFICER_OF}", "§ 9 regulaminu")
def see_who_acknowledged(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission(f"Projekt regulaminu pisze {_OR_OFFICER}", "§ 9 regulaminu")
def write_regulation(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission("Regulamin przyjmuje i zmienia osoba reprezentująca Lidera.", "§ 9 regulaminu")
def adopt_regulation(person: Person | None) -> bool:
    return holds(person, _LEAD)


@permission("Regulamin przyjmuje i zmienia osoba reprezentująca Lidera.", "§ 9 regulaminu")
def withdraw_regulation(person: Person | None, version: RegulationVersion) -> bool:
    """The Lider; a draft also whoever writes it."""
    if version.state == RegulationState.DRAFT:
        return write_regulation(person)
    return adopt_regulation(person)


@permission(
    "Głosuje koordynator Partnerstwa albo osoba kierująca instytucją, która była członkiem, gdy "
    "otwarto głosowanie; za Lidera głosuje osoba, która go reprezentuje.",
    "§ 9 regulaminu",
)
def vote(person: Person | None, organisation_id: UUID | None) -> bool:
    """Write the vote of an institution; without one, the Lider's own."""
    if organisation_id is None:
        return holds(person, _LEAD)
    return holds(person, _VOICES, organisation_id)


@permission(f"Głosy oddane na piśmie wpisuje {_OR_OFFICER}", "§ 9 regulaminu")
def record_votes(person: Person | None) -> bool:
    return holds(person, _OFFICE)


# --- Data protection --------------------------------------------------------------------------

_REGISTERS_READ = (
    "Rejestry ochrony danych widzą Lider, inspektor ochrony danych oraz kierujący i koordynator "
    "instytucji, w części, która jej dotyczy."
)


@permission(_REGISTERS_READ, "§ 8 ust. 2 regulaminu")
def see_data_protection(person: Person | None) -> bool:
    """The overview and the registers; a partner's voice sees its own institution's rows."""
    return see_all_data_registers(person) or bool(voiced_organisations(person))


@permission(_REGISTERS_READ, "§ 8 ust. 2 regulaminu")
def see_all_data_registers(person: Person | None) -> bool:
    """All of them: the office that keeps them and the data protection officer."""
    return holds(person, _OFFICE_AND_DPO)


@permission(f"Rejestry ochrony danych prowadzi {_OR_OFFICER}", "§ 8 ust. 2 regulaminu")
def keep_data_registers(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission(f"Rejestry ochrony danych prowadzi {_OR_OFFICER}", "§ 8 ust. 2 regulaminu")
def end_register_entry(
    person: Person | None, entry: DataProcessingAgreement | ProcessingAuthorisation
) -> bool:
    return keep_data_registers(person)


def register_entries_seen_by(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All entries of a register, or those of the institutions one speaks for."""
    if see_all_data_registers(person):
        return rows
    return rows.filter(organisation__in=voiced_organisations(person))


@permission(f"Rejestry ochrony danych prowadzi {_OR_OFFICER}", "§ 8 ust. 1 regulaminu")
def enter_statements(person: Person | None) -> bool:
    return holds(person, _OFFICE)


@permission("Własne upoważnienia widzą osoby, które działają w Partnerstwie.")
def see_own_data_protection_alone(person: Person | None) -> bool:
    """Whoever sees no overview of data protection, but has papers of their own."""
    return _is_member(person) and not see_data_protection(person)


@permission("Oświadczenie składa się za siebie, w swojej instytucji.", "§ 8 ust. 1 regulaminu")
def state_confidentiality(person: Person | None, organisation_id: UUID | None) -> bool:
    """Of a partner's person in its institution; without one, of the Lider's office."""
    if person is None:
        return False
    if organisation_id is None:
        return is_of_office(person)
    return organisation_id in own_organisations(person)


@permission(_REGISTERS_READ, "§ 8 ust. 2 regulaminu")
def see_agreement(person: Person | None, agreement: DataProcessingAgreement) -> bool:
    return see_all_data_registers(person) or holds(person, _VOICES, agreement.organisation_id)


@permission(_REGISTERS_READ, "§ 8 ust. 2 regulaminu")
def see_data_of_person(
    person: Person | None, row: ProcessingAuthorisation | ConfidentialityStatement
) -> bool:
    """An authorisation or a statement: the registers' readers, its institution, its person."""
    if see_all_data_registers(person) or (person is not None and row.person_id == person.pk):
        return True
    return bool(row.organisation_id) and holds(person, _VOICES, row.organisation_id)
