"""Permissions to read, write, vote on and adopt the regulation (REG §9)."""

from uuid import UUID

from kooperacja.permissions import permission
from tenants.people.models import Person, holds
from tenants.people.perms import (
    LEAD,
    OFFICE,
    OR_OFFICER,
    OR_OFFICER_OF,
    VOICES,
    has_role,
    is_member,
)
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.regulation.workflow import RegulationState


@permission("Regulamin czytają osoby, które mają rolę w Partnerstwie.")
def see_regulation(person: Person | None) -> bool:
    """Everybody with a role here; whoever joins must have read it (REG §1.5)."""
    return has_role(person)


def must_read(person: Person | None) -> bool:
    """People of the partnership, and whoever is joining it (REG §1.5); nobody let in for a matter apart."""
    return is_member(person) or holds(person, {Role.APPLICANT})


@permission(
    "Projekty i głosowania nad zmianą regulaminu widzą członkowie Partnerstwa.", "§ 9 regulaminu"
)
def see_drafts(person: Person | None) -> bool:
    """A change concerns members alone until it is adopted."""
    return is_member(person)


@permission(
    "Projekty i głosowania nad zmianą regulaminu widzą członkowie Partnerstwa.", "§ 9 regulaminu"
)
def see_version(person: Person | None, version: RegulationVersion) -> bool:
    return has_role(person) and (version.number is not None or see_drafts(person))


@permission("Z regulaminem zapoznaje się osoba, która ma rolę w Partnerstwie.", "§ 9 regulaminu")
def acknowledge_regulation(person: Person | None) -> bool:
    return has_role(person)


@permission(f"Listę widzi {OR_OFFICER_OF}", "§ 9 regulaminu")
def see_who_acknowledged(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(f"Projekt regulaminu pisze {OR_OFFICER}", "§ 9 regulaminu")
def write_regulation(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission("Regulamin przyjmuje i zmienia osoba reprezentująca Lidera.", "§ 9 regulaminu")
def adopt_regulation(person: Person | None) -> bool:
    return holds(person, LEAD)


@permission(f"Podpisany egzemplarz dołącza {OR_OFFICER}", "§ 2 ust. 11 regulaminu")
def attach_signed_copy(person: Person | None) -> bool:
    """The papers of the partnership are kept by the Lider."""
    return holds(person, OFFICE)


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
        return holds(person, LEAD)
    return holds(person, VOICES, organisation_id)


@permission(f"Głosy oddane na piśmie wpisuje {OR_OFFICER}", "§ 9 regulaminu")
def record_votes(person: Person | None) -> bool:
    return holds(person, OFFICE)
