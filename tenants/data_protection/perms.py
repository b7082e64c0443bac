"""Permissions to read and keep the registers of data protection (REG §8)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kooperacja.permissions import permission
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    ProcessingAuthorisation,
)
from tenants.people.models import Person, holds
from tenants.people.perms import (
    OFFICE,
    OFFICE_AND_DPO,
    OR_OFFICER,
    VOICES,
    is_member,
    is_of_office,
    voiced_organisations,
)
from tenants.registry.roles import MANAGERS

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
    return holds(person, OFFICE_AND_DPO)


@permission(f"Rejestry ochrony danych prowadzi {OR_OFFICER}", "§ 8 ust. 2 regulaminu")
def keep_data_registers(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(f"Rejestry ochrony danych prowadzi {OR_OFFICER}", "§ 8 ust. 2 regulaminu")
def end_register_entry(
    person: Person | None, entry: DataProcessingAgreement | ProcessingAuthorisation
) -> bool:
    return keep_data_registers(person)


def register_entries_seen_by(person: Person, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All entries of a register, or those of the institutions one speaks for."""
    if see_all_data_registers(person):
        return rows
    return rows.filter(organisation__in=voiced_organisations(person))


@permission(
    "Ustawienia kontroli widzą ludzie ośrodka i inspektor ochrony danych.",
    "§ 6 ust. 1 regulaminu",
)
def see_guard(person: Person | None) -> bool:
    return holds(person, OFFICE_AND_DPO)


@permission(
    "Kontrolę danych osobowych ustawia administrator OPS albo osoba reprezentująca Lidera.",
    "§ 6 ust. 1 regulaminu",
)
def set_guard(person: Person | None) -> bool:
    """Say which personal data block a text for everybody, and which only warn."""
    return holds(person, MANAGERS)


@permission(f"Rejestry ochrony danych prowadzi {OR_OFFICER}", "§ 8 ust. 1 regulaminu")
def enter_statements(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission("Własne upoważnienia widzą osoby, które działają w Partnerstwie.")
def see_own_data_protection_alone(person: Person | None) -> bool:
    """People who see no overview of data protection, but have papers of their own."""
    return is_member(person) and not see_data_protection(person)


@permission("Oświadczenie składa się za siebie, w swojej instytucji.", "§ 8 ust. 1 regulaminu")
def state_confidentiality(person: Person | None, organisation_id: UUID | None) -> bool:
    """A partner's person states it in their institution, the Lider's without one."""
    if person is None:
        return False
    if organisation_id is None:
        return is_of_office(person)
    return any(held.organisation_id == organisation_id for held in person.roles_today)


@permission(_REGISTERS_READ, "§ 8 ust. 2 regulaminu")
def see_agreement(person: Person | None, agreement: DataProcessingAgreement) -> bool:
    return see_all_data_registers(person) or holds(person, VOICES, agreement.organisation_id)


@permission(_REGISTERS_READ, "§ 8 ust. 2 regulaminu")
def see_data_of_person(
    person: Person | None, row: ProcessingAuthorisation | ConfidentialityStatement
) -> bool:
    """An authorisation or a statement: the registers' readers, its institution, its person."""
    if see_all_data_registers(person) or (person is not None and row.person_id == person.pk):
        return True
    return bool(row.organisation_id) and holds(person, VOICES, row.organisation_id)
