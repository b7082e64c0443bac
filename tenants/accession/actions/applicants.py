"""An institution fills in its declaration itself, by whom the office invited (REG §1.5 s.1)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.notifications.reminders import Due, is_over, remind, settle_reminders
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved
from tenants.accession import perms
from tenants.accession.actions.declarations import (
    already_open,
    begin,
    refuse_member,
    require_open,
)
from tenants.accession.actions.recruitment import note_invited
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.notifications import DeclarationReminded
from tenants.accession.workflow import DeclarationState
from tenants.people.actions.invitations import (
    holders,
    invite_to_role,
    recipients,
    refuse_oneself,
    take_role,
)
from tenants.people.actions.organisations import locked_organisation
from tenants.people.actions.persons import find_or_add_person
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role


@transaction.atomic
def invite_applicant(
    *, by: Actor, key: UUID, organisation_id: UUID, full_name: str, email: str
) -> AccessionDeclaration:
    """Begin a declaration, or take the one begun, and invite somebody to fill it in."""
    organisation = locked_organisation(organisation_id)
    perms.invite_applicants.require(Person.objects.acting(by))
    refuse_member(organisation)
    applicant = find_or_add_person(
        by=by, full_name=full_name, email=email, organisation=organisation
    )
    refuse_oneself(by, applicant)
    declaration = _to_fill_in(organisation, applicant)
    if declaration is None:
        declaration = begin(by=by, key=key, organisation=organisation)
    _save_applicant(declaration, applicant)
    invite_to_role(
        by=by,
        person=applicant,
        role=Role.APPLICANT,
        organisation=organisation,
        from_on=by.today,
    )
    data = {"applicant": [None, str(applicant.pk)]}
    record(by=by, verb="APPLICANT_INVITED", obj=declaration, data=data)
    note_invited(by=by, organisation_id=organisation.pk)
    return declaration


def _save_applicant(declaration: AccessionDeclaration, applicant: Person | None) -> None:
    declaration.applicant = applicant
    declaration.version += 1
    declaration.save(update_fields=["applicant", "version"])


def _to_fill_in(organisation: Organisation, applicant: Person) -> AccessionDeclaration | None:
    """The declaration under way, if whoever is invited now may fill it in."""
    under_way = AccessionDeclaration.objects.under_way(organisation.pk)
    declaration = under_way.select_for_update().first()
    if declaration is None:
        return None
    if declaration.applicant_id == applicant.pk:
        raise AlreadySaved(declaration)
    _require_unfilled(declaration)
    return declaration


def require_inviting(organisation: Organisation, day: date) -> None:
    """The institution can declare, and nobody fills its declaration in."""
    require_open(day)
    refuse_member(organisation)
    declaration = AccessionDeclaration.objects.under_way(organisation.pk).first()
    if declaration:
        _require_unfilled(declaration)


def _require_unfilled(declaration: AccessionDeclaration) -> None:
    if declaration.state == DeclarationState.FILED:
        raise already_open(declaration)
    if declaration.applicant is not None:
        raise Problem(
            "Ktoś już wypełnia tę deklarację",
            f"Zaproszono do tego osobę: {declaration.applicant}. Najpierw cofnij to zaproszenie.",
            clause=perms.invite_applicants.clause,
            kept=NOTHING_DONE,
            at=declaration,
            action="Przejdź do tej deklaracji",
        )


@transaction.atomic
def withdraw_applicant(
    *, by: Actor, declaration_id: UUID, applicant_id: UUID | None
) -> AccessionDeclaration:
    """The office takes back the invitation of this person; what was filled in stays."""
    declaration = AccessionDeclaration.objects.select_for_update().get(pk=declaration_id)
    perms.invite_applicants.require(Person.objects.acting(by))
    if declaration.applicant_id is None or not declaration.is_open:
        raise AlreadySaved(declaration)
    if declaration.applicant_id != applicant_id:
        raise Problem(
            "Deklarację wypełnia już inna osoba",
            f"Zaproszono do tego osobę: {declaration.applicant}.",
            clause=perms.invite_applicants.clause,
            kept="Niczego nie cofnęliśmy.",
            at=declaration,
            action="Przejdź do tej deklaracji",
        )
    _save_applicant(declaration, None)
    settle_reminders(declaration.pk)
    record(by=by, verb="APPLICANT_WITHDRAWN", obj=declaration)
    end_applicants(by=by, organisation_id=declaration.organisation_id)
    return declaration


@transaction.atomic
def remind_applicant(*, by: Actor, declaration_id: UUID) -> AccessionDeclaration:
    """Remind the person invited that the declaration waits to be handed in; once a day."""
    declaration = AccessionDeclaration.objects.select_for_update().get(pk=declaration_id)
    perms.invite_applicants.require(Person.objects.acting(by))
    reminded = Entry.objects.filter(verb="APPLICANT_REMINDED", object_id=declaration.pk)
    if reminded.filter(at__date=by.today).exists():
        raise AlreadySaved(declaration)
    require_reminding(declaration)
    remind(declaration.pk, lambda: _reminder(by, declaration))
    record(by=by, verb="APPLICANT_REMINDED", obj=declaration)
    return declaration


def _reminder(by: Actor, declaration: AccessionDeclaration) -> Due:
    name = declaration.organisation.name
    return Due(
        DeclarationReminded(declaration_id=declaration.pk, organisation_name=name),
        occasion=f"declaration-reminded-{by.today.isoformat()}",
        to=recipients([declaration.applicant]),
        runs=recipients(holders(by, Role.LEAD)),
    )


def require_reminding(declaration: AccessionDeclaration) -> None:
    """Somebody fills it in, has not handed it in, and was not reminded of it enough."""
    declaration.require_editable()
    if declaration.applicant_id is None:
        raise Problem(
            "Nie ma komu przypomnieć",
            "Do wypełnienia tej deklaracji nikogo nie zaproszono.",
            clause=perms.invite_applicants.clause,
            kept=NOTHING_DONE,
            at=declaration,
            action="Przejdź do deklaracji",
        )
    if is_over(declaration.pk):
        raise Problem(
            "Przypomniano już cztery razy",
            "Więcej przypomnień nie wysyłamy. Najlepiej zadzwonić albo zaprosić inną osobę.",
            clause=perms.invite_applicants.clause,
            kept=NOTHING_DONE,
            at=declaration,
            action="Przejdź do deklaracji",
        )


# A form that is handed in and answered, or an invitation that was taken back.
_NOTHING_LEFT = "deklarację rozpatrzono albo cofnięto zaproszenie do jej wypełnienia"


def end_applicants(*, by: Actor, organisation_id: UUID) -> None:
    """Take the role of everybody who applied for the institution: nothing is left to fill in."""
    held = RoleAssignment.objects.filter(
        role=Role.APPLICANT, organisation=organisation_id, ended_on=None
    )
    for assignment in held.order_by("pk"):
        take_role(by=by, assignment=assignment, why=_NOTHING_LEFT)
