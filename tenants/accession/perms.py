"""Permissions to recruit, declare, decide, resign and dissolve (REG §1.4–1.7)."""

from django.db.models import Q, QuerySet

from kooperacja.permissions import permission
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.leavers import ViewWithheld
from tenants.accession.models.resignations import ResignationNotice, ResignationQuerySet
from tenants.accession.workflow import DeclarationState
from tenants.partnership.perms import Institution, id_of
from tenants.people.leavers import Leaver
from tenants.people.merged import stood_for_by
from tenants.people.models import Organisation, Person, holds
from tenants.people.perms import (
    LEAD,
    OFFICE,
    OFFICE_AND_DPO,
    OR_OFFICER,
    OR_OFFICER_OF,
    VOICES,
    has_role,
    is_member,
    own_organisations,
    voiced_organisations,
)
from tenants.registry.roles import MANAGERS, Role


@permission("Zasoby społeczności widzą członkowie Partnerstwa.", "§ 5 ust. 1 lit. e regulaminu")
def see_resources(person: Person | None) -> bool:
    return is_member(person)


@permission(f"Zasoby społeczności wpisuje {OR_OFFICER}", "§ 5 ust. 1 lit. e regulaminu")
def keep_resources(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(
    "Partnerstwo może rozwiązać tylko osoba reprezentująca Lidera.", "§ 1 ust. 7 regulaminu"
)
def dissolve(person: Person | None) -> bool:
    return holds(person, LEAD)


@permission("Tę stronę widzą członkowie Partnerstwa.", "§ 1 ust. 7 regulaminu")
def see_dissolution(person: Person | None) -> bool:
    return is_member(person)


def is_handed_in(organisation: Organisation) -> bool:
    """The declaration was signed with the institution's data, and nobody has decided yet."""
    under_way = AccessionDeclaration.objects.under_way(organisation.pk)
    return under_way.filter(state=DeclarationState.FILED).exists()


@permission("Deklaracje widzi Lider i składająca instytucja.")
def list_declarations(person: Person | None) -> bool:
    """Everybody with a role here opens the list, which shows each what is theirs."""
    return has_role(person)


@permission("Wszystkie deklaracje widzi ośrodek Lidera.")
def see_all_declarations(person: Person | None) -> bool:
    return holds(person, OFFICE_AND_DPO)


def declarations_seen_by(person: Person) -> QuerySet[AccessionDeclaration]:
    """All that `see_declaration` lets the person see."""
    if see_all_declarations(person):
        return AccessionDeclaration.objects.all()
    applies_for = {
        held.organisation_id for held in person.roles_today if held.role == Role.APPLICANT
    } - {None}
    return AccessionDeclaration.objects.filter(
        Q(organisation__in=voiced_organisations(person))
        | Q(applicant=person, organisation__in=applies_for)
    )


@permission("Deklaracje widzi Lider i składająca instytucja.")
def see_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    return (
        see_all_declarations(person)
        or holds(person, VOICES, declaration.organisation_id)
        or fill_in_declaration(person, declaration)
    )


@permission(f"Deklaracje wpisuje {OR_OFFICER_OF}", "§ 1 ust. 5 regulaminu")
def enter_declarations(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(f"Deklaracje wpisuje {OR_OFFICER_OF}", "§ 1 ust. 5 regulaminu")
def edit_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """The office, and whom it invited to fill this one in."""
    return holds(person, OFFICE) or fill_in_declaration(person, declaration)


@permission("Załączniki deklaracji widzi Lider i składająca instytucja.")
def see_annex(person: Person | None, annex: DeclarationAnnex) -> bool:
    return see_declaration(person, annex.declaration)


@permission(f"Załączniki deklaracji dodaje i usuwa {OR_OFFICER_OF}", "§ 1 ust. 5 regulaminu")
def edit_annex(person: Person | None, annex: DeclarationAnnex) -> bool:
    return edit_declaration(person, annex.declaration)


@permission(
    "Swoje dokumenty czyta tu osoba, której dostęp do tej jednostki skończył się niedawno, chyba "
    "że ośrodek zamknął jej wgląd. O kopię poproś ośrodek."
)
def see_own_papers(reader: object) -> bool:
    """Whoever left, unless the office has withheld it since; never whoever still works here."""
    if not isinstance(reader, Leaver):
        return False
    # Whoever was entered twice may have been meant by the other entry.
    entries = stood_for_by(Person, reader.person.pk)
    withheld = ViewWithheld.objects.filter(person__in=entries)
    return not withheld.filter(withheld_at__gte=reader.left[-1].ended_at).exists()


@permission(
    "Wgląd po zakończeniu dostępu zamyka administrator OPS albo osoba reprezentująca Lidera."
)
def withhold_view(person: Person | None) -> bool:
    return holds(person, MANAGERS)


@permission("Tę deklarację składa osoba, którą ośrodek do tego zaprosił.", "§ 1 ust. 5 regulaminu")
def fill_in_declaration(person: Person | None, declaration: AccessionDeclaration) -> bool:
    return (
        person is not None
        and declaration.applicant_id == person.pk
        and holds(person, {Role.APPLICANT}, declaration.organisation_id)
    )


@permission(f"Do złożenia deklaracji zaprasza {OR_OFFICER}", "§ 1 ust. 5 regulaminu")
def invite_applicants(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(
    "O przyjęciu decyduje osoba upoważniona do reprezentowania Lidera i nie może to być ktoś, "
    "kto działa w imieniu przystępującej instytucji.",
    "§ 1 ust. 5 zd. 2 regulaminu",
)
def decide(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """The Lider alone, and never on behalf of the institution that joins."""
    if person is None or not holds(person, LEAD):
        return False
    return declaration.organisation_id not in own_organisations(person) and person.pk not in {
        declaration.signatory_id,
        declaration.coordinator_id,
        declaration.applicant_id,
    }


@permission(
    "Deklarację zwraca do poprawy i odmawia przyjęcia osoba upoważniona do reprezentowania Lidera.",
    "§ 1 ust. 5 zd. 2 regulaminu",
)
def reject(person: Person | None, declaration: AccessionDeclaration) -> bool:
    """Also one who is named in it: a declaration that nobody may touch would be stuck for good."""
    return holds(person, LEAD)


@permission("Nabór widzi ośrodek Lidera.", "§ 1 ust. 4 regulaminu")
def see_recruitment(person: Person | None) -> bool:
    """The log of recruitment holds contact data (REG §5.1.h)."""
    return holds(person, OFFICE_AND_DPO)


@permission(f"Nabór prowadzi {OR_OFFICER_OF}", "§ 1 ust. 4 regulaminu")
def recruit(person: Person | None) -> bool:
    return holds(person, OFFICE)


@permission(
    "Rezygnację składa kierujący albo koordynator instytucji; z papieru wpisuje ją Lider.",
    "§ 1 ust. 6 regulaminu",
)
def resign(person: Person | None, institution: Institution) -> bool:
    return holds(person, OFFICE) or holds(person, VOICES, id_of(institution))


@permission("Rezygnację widzi Lider i instytucja, która ją złożyła.", "§ 1 ust. 6 regulaminu")
def see_resignation(person: Person | None, notice: ResignationNotice) -> bool:
    return see_all_declarations(person) or holds(person, VOICES, notice.membership.organisation_id)


@permission("Rezygnacje widzą członkowie Partnerstwa, każdy własne.", "§ 1 ust. 6 regulaminu")
def list_resignations(person: Person | None) -> bool:
    """Every member opens the list, which shows each what is theirs."""
    return is_member(person)


def resignations_seen_by(person: Person) -> ResignationQuerySet:
    """All that `see_resignation` lets the person see."""
    if see_all_declarations(person):
        return ResignationNotice.objects.all()
    own = voiced_organisations(person)
    own_notices: ResignationQuerySet = ResignationNotice.objects.filter(
        membership__organisation__in=own
    )
    return own_notices
