"""Permissions for members, their people and the office's pages."""

from uuid import UUID

from kooperacja.permissions import permission
from tenants.partnership.models import DesignatedWorker, Membership, PartnershipCoordinator
from tenants.people.models import Organisation, Person, RoleAssignment, holds
from tenants.people.perms import (
    LEAD,
    OFFICE,
    OFFICE_AND_DPO,
    OR_OFFICER,
    VOICES,
    is_head,
    is_member,
    voiced_organisations,
)
from tenants.registry.roles import MANAGERS, Role

_KEPT = "§ 2 ust. 11 regulaminu"

_USING = "§ 3 ust. 4 regulaminu"

# What stands in an institution: it, its membership, a seat of its people, or its id alone.
Institution = Organisation | Membership | PartnershipCoordinator | DesignatedWorker | UUID


def id_of(institution: Institution) -> UUID:
    match institution:
        case UUID():
            return institution
        case Organisation():
            return institution.pk
        case Membership():
            return institution.organisation_id
    return institution.membership.organisation_id


@permission("Rejestr widzą członkowie Partnerstwa.", "§ 5 ust. 1 lit. a regulaminu")
def see_members(person: Person | None) -> bool:
    return is_member(person)


@permission("Wskazanych widzą członkowie Partnerstwa.", "§ 4 ust. 3 regulaminu")
def see_roster(person: Person | None) -> bool:
    return is_member(person)


@permission("Instytucje widzą członkowie Partnerstwa.", "§ 1 ust. 8 regulaminu")
def see_organisations(person: Person | None) -> bool:
    return is_member(person)


@permission(
    "Tę stronę widzą koordynator Partnerstwa i kierujący instytucją.",
    "§ 1 ust. 3 lit. a regulaminu",
)
def see_own_institutions(person: Person | None) -> bool:
    """They have the things of their institution in one place."""
    return bool(voiced_organisations(person))


@permission("Instytucje widzą członkowie Partnerstwa.", "§ 1 ust. 8 regulaminu")
def see_organisation(person: Person | None, organisation: Organisation) -> bool:
    return is_member(person) or holds(person, {Role.APPLICANT}, organisation.pk)


@permission(
    "Funkcje w instytucjach wpisuje Lider Partnerstwa albo wyznaczony pracownik ds. sieci.",
    "§ 5 ust. 1 lit. a regulaminu",
)
def keep_posts(person: Person | None) -> bool:
    """The head of an institution signs for it, so the Lider keeps the list of heads."""
    return holds(person, OFFICE)


def _delegates(person: Person | None, institution: Institution) -> bool:
    return holds(person, OFFICE) or is_head(person, id_of(institution))


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
    "Pracowników wpuszcza do koszyka koordynator Partnerstwa albo osoba, która kieruje ich "
    "instytucją.",
    _USING,
)
def let_in_readers(person: Person | None, institution: Institution) -> bool:
    """The basket is for workers of kooperanci, and who works there only they know."""
    return holds(person, VOICES, id_of(institution))


@permission(
    "Wpuszczonych do koszyka widzą koordynator Partnerstwa i kierujący ich instytucją oraz "
    "ośrodek.",
    _USING,
)
def see_readers(person: Person | None, institution: Institution) -> bool:
    return see_all_readers(person) or let_in_readers(person, institution)


@permission("Wpuszczonych z wszystkich instytucji widzi ośrodek.", _USING)
def see_all_readers(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(
    "Dostęp pracownika kończy koordynator Partnerstwa albo kierujący jego instytucją, a także "
    "ośrodek.",
    _USING,
)
def end_reader(person: Person | None, reader: RoleAssignment) -> bool:
    return reader.organisation_id is not None and see_readers(person, reader.organisation_id)


@permission(
    "Określa to osoba upoważniona do reprezentowania Lidera.", "§ 5 ust. 1 lit. b regulaminu"
)
def set_engagement(person: Person | None) -> bool:
    return holds(person, LEAD)


@permission(
    "Określa to osoba upoważniona do reprezentowania Lidera.", "§ 5 ust. 1 lit. d regulaminu"
)
def set_flags(person: Person | None) -> bool:
    return holds(person, LEAD)


@permission("Powód widzi ośrodek i ta instytucja, której dotyczy.", "§ 5 ust. 1 lit. b regulaminu")
def see_reasons(person: Person | None, institution: Institution) -> bool:
    """The reason for a level of engagement."""
    return holds(person, OFFICE_AND_DPO) or holds(person, VOICES, id_of(institution))


@permission(
    "Dane Partnerstwa zmienia Lider albo administrator OPS.", "§ 1 ust. 3 lit. b regulaminu"
)
def edit_partnership(person: Person | None) -> bool:
    return holds(person, MANAGERS)


@permission("Deklarację dostępności zmienia Lider albo administrator OPS.")
def edit_accessibility(person: Person | None) -> bool:
    return holds(person, MANAGERS)


@permission("Dokumentację widzą członkowie Partnerstwa, każdy to, co może otworzyć.", _KEPT)
def see_documentation(person: Person | None) -> bool:
    """Open the list; it holds the papers that one may read."""
    return is_member(person)


@permission(f"Dokumentację prowadzi {OR_OFFICER}", _KEPT)
def keep_documentation(person: Person | None) -> bool:
    """Write where the office files each paper, and take the whole of it away."""
    return holds(person, OFFICE)


@permission("Szablony dokumentów zmienia Lider albo administrator OPS.", _KEPT)
def replace_word_forms(person: Person | None) -> bool:
    return holds(person, MANAGERS)
