"""A declaration is drafted, completed and filed (REG §1.5 s.1)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, insert_once, save_edited
from tenants.partnership import perms
from tenants.partnership.actions.common import email_owner, find_or_add_person, keeper_of
from tenants.partnership.actions.invitations import recipients
from tenants.partnership.actions.recruitment import note_declared
from tenants.partnership.actions.standing import refuse_when_dissolved
from tenants.partnership.models import (
    AccessionDeclaration,
    DeclarationStep,
    Membership,
    Organisation,
    Person,
    RegulationVersion,
    RoleAssignment,
)
from tenants.partnership.notifications import DeclarationFiled
from tenants.partnership.papers.declaration import SIGNED_DECLARATION
from tenants.partnership.workflow import (
    OPEN_DECLARATIONS,
    DeclarationState,
    SignatureMode,
    declaration_may_become,
)
from tenants.registry.roles import Role

_KEEPERS = "Deklaracje wpisuje Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."
_APPLICANT = "Tę deklarację składa osoba, którą ośrodek do tego zaprosił."
_CLAUSE = "§ 1 ust. 5 regulaminu"
_EDITABLE = frozenset({DeclarationState.DRAFT, DeclarationState.RETURNED})


@transaction.atomic
def draft_declaration(
    *, by: Actor, person: Person, key: UUID, organisation_id: UUID
) -> AccessionDeclaration:
    """Begin a declaration of an institution that is no member and has none under way."""
    perms.enter_declarations.require(person)
    refuse_when_dissolved()
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    refuse_member(organisation)
    declaration = AccessionDeclaration(id=key, organisation=organisation)
    try:
        insert_once(declaration)
    except IntegrityError as error:
        raise _declared_already(organisation, error) from None
    _step(declaration, by, timezone.localdate())
    record(by=by, verb="DECLARATION_DRAFTED", obj=declaration)
    note_declared(by=by, declaration=declaration)
    return declaration


@transaction.atomic
def name_signatory(
    *,
    by: Actor,
    person: Person,
    declaration_id: UUID,
    version: int,
    full_name: str,
    function: str,
    email: str = "",
    phone: str = "",
) -> AccessionDeclaration:
    """Say who signs for the institution, and in what function."""
    declaration = _editable(person, declaration_id)
    signatory = find_or_add_person(
        full_name=full_name,
        email=email,
        phone=phone,
        organisation=declaration.organisation,
        named=declaration.signatory,
    )
    values = {"signatory_id": signatory.pk, "signatory_function": function}
    _complete(by, declaration, version, values, "SIGNATORY_NAMED")
    return declaration


@transaction.atomic
def name_coordinator(
    *,
    by: Actor,
    person: Person,
    declaration_id: UUID,
    version: int,
    full_name: str,
    position: str,
    email: str,
    phone: str = "",
) -> AccessionDeclaration:
    """Say whom the institution delegates (REG §1.3.a); needs an address of their own."""
    declaration = _editable(person, declaration_id)
    if other := email_owner(email, full_name):
        raise Problem(
            "Ten adres e-mail należy do innej osoby",
            f"Adresu {email} używa już {other.full_name}. Koordynator będzie się logować swoim "
            "adresem, więc musi mieć własny.",
            kept="Niczego nie zapisaliśmy.",
        )
    coordinator = find_or_add_person(
        full_name=full_name, email=email, phone=phone, organisation=declaration.organisation
    )
    values = {"coordinator_id": coordinator.pk, "coordinator_position": position}
    _complete(by, declaration, version, values, "COORDINATOR_NAMED")
    return declaration


@transaction.atomic
def make_statements(
    *,
    by: Actor,
    person: Person,
    declaration_id: UUID,
    version: int,
    regulation_id: UUID,
    publish_consent: bool,
) -> AccessionDeclaration:
    """Accept the regulation (REG §1.5 s.1) and say whether the institution may be named."""
    declaration = _editable(person, declaration_id)
    regulation = _accepted_today(declaration, regulation_id)
    values = {"regulation_id": regulation.pk, "publish_consent": publish_consent}
    _complete(by, declaration, version, values, "STATEMENTS_MADE")
    return declaration


@transaction.atomic
def file_declaration(
    *,
    by: Actor,
    person: Person,
    declaration_id: UUID,
    upload: "UploadedFile[Any]",
    mode: str,
    signed_on: date,
    received_on: date,
    regulation_id: UUID,
    signed_place: str = "",
    publish_consent: bool = False,
    case_mark: str = "",
) -> AccessionDeclaration:
    """Hand in the signed declaration; from now on it waits for the Lider."""
    perms.enter_declarations.require(person)
    values = {
        "mode": mode,
        "signed_on": signed_on,
        "signed_place": signed_place,
        "received_on": received_on,
        "regulation_id": regulation_id,
        "publish_consent": publish_consent,
        "case_mark": case_mark,
    }
    return _file(by, person, _locked(declaration_id), upload, values)


@transaction.atomic
def file_own_declaration(
    *,
    by: Actor,
    person: Person,
    declaration_id: UUID,
    upload: "UploadedFile[Any]",
    mode: str,
    signed_on: date,
    signed_place: str = "",
) -> AccessionDeclaration:
    """Whoever was invited hands in what was signed; it is received today (REG §1.5 s.1)."""
    declaration = _locked(declaration_id)
    perms.fill_in_declaration.require(person, declaration)
    today = timezone.localdate()
    in_force = RegulationVersion.in_force(today)
    if in_force is None or declaration.regulation_id != in_force.pk:
        raise Problem(
            "Najpierw zaakceptuj obowiązujący regulamin",
            "Do Partnerstwa przystępuje ten, kto akceptuje regulamin, który dziś obowiązuje.",
            clause=_CLAUSE,
            kept="Wybrany plik nie został zapisany.",
            href=reverse("partnership:declaration_statements", args=[declaration.pk]),
            action="Przejdź do oświadczeń",
        )
    values = {
        "mode": mode,
        "signed_on": signed_on,
        "signed_place": signed_place,
        "received_on": today,
    }
    return _file(by, person, declaration, upload, values)


def _file(
    by: Actor,
    person: Person,
    declaration: AccessionDeclaration,
    upload: "UploadedFile[Any]",
    values: dict[str, Any],
) -> AccessionDeclaration:
    if declaration.state == DeclarationState.FILED:
        raise AlreadySaved(declaration)
    refuse_when_dissolved()
    _require_change(declaration, DeclarationState.FILED)
    if missing := _missing(declaration):
        raise Problem("Deklaracja nie jest kompletna", f"Brakuje: {missing}.", clause=_CLAUSE)
    if "regulation_id" in values:
        values["regulation"] = _accepted_today(declaration, values.pop("regulation_id"))
    is_electronic = SignatureMode(values["mode"]).is_electronic
    declaration.file = keeper_of(is_electronic=is_electronic)(
        by=by, upload=upload, kind=SIGNED_DECLARATION
    )
    for name, value in values.items():
        setattr(declaration, name, value)
    declaration.decided_on = declaration.decided_by = None
    declaration.reason = ""
    declaration.state = DeclarationState.FILED
    declaration.version += 1
    declaration.save()
    _step(declaration, by, values["received_on"])
    data = {"received_on": [None, values["received_on"].isoformat()]}
    record(by=by, verb="DECLARATION_FILED", obj=declaration, data=data)
    _ask_lead(person, declaration)
    return declaration


def _accepted_today(declaration: AccessionDeclaration, regulation_id: UUID) -> RegulationVersion:
    """Whoever joins accepts the version in force, also when the draft is older (REG §1.5, §9)."""
    regulation = RegulationVersion.in_force(timezone.localdate())
    if regulation is None or regulation.pk != regulation_id:
        raise Problem(
            "Obowiązuje inna wersja regulaminu",
            "Instytucja akceptuje wersję, która obowiązuje w dniu złożenia deklaracji. Otwórz "
            "stronę jeszcze raz i sprawdź, co instytucja przyjęła.",
            clause=_CLAUSE,
            kept="Deklaracja nie została złożona.",
            href=reverse("partnership:declaration", args=[declaration.pk]),
            action="Przejdź do deklaracji",
        )
    return regulation


def _ask_lead(person: Person, declaration: AccessionDeclaration) -> None:
    """Whoever represents the Lider hears that a decision is theirs."""
    today = timezone.localdate()
    leads = RoleAssignment.objects.on(today).filter(role=Role.LEAD).select_related("person")
    send(
        DeclarationFiled(
            declaration_id=declaration.pk, organisation_name=declaration.organisation.name
        ),
        to=recipients(lead.person for lead in leads if lead.person_id != person.pk),
        dedupe=f"declaration-filed:{declaration.pk}:{declaration.version}",
    )


def _locked(declaration_id: UUID) -> AccessionDeclaration:
    # Nothing is joined: whoever waited for the lock would see the joined rows as before the wait.
    return AccessionDeclaration.objects.select_for_update().get(pk=declaration_id)


def _editable(person: Person, declaration_id: UUID) -> AccessionDeclaration:
    declaration = _locked(declaration_id)
    perms.edit_declaration.require(person, declaration)
    if declaration.state not in _EDITABLE:
        raise Problem(
            "Tej deklaracji nie można już zmienić",
            f"Jej stan: {declaration.get_state_display()}. Zmienia się tylko szkic albo "
            "deklarację zwróconą do poprawy.",
            clause=_CLAUSE,
            kept="Niczego nie zapisaliśmy.",
        )
    return declaration


def _complete(
    by: Actor, declaration: AccessionDeclaration, version: int, values: dict[str, Any], verb: str
) -> None:
    save_edited(declaration, version, values)
    record(
        by=by,
        verb=verb,
        obj=declaration,
        data={name: [None, str(value)] for name, value in values.items()},
    )


def _missing(declaration: AccessionDeclaration) -> str:
    lacks = []
    if declaration.signatory_id is None:
        lacks.append("osoby podpisującej")
    elif not declaration.signatory_function:
        lacks.append("funkcji osoby podpisującej")
    if declaration.coordinator_id is None:
        lacks.append("koordynatora Partnerstwa")
    return " i ".join(lacks)


def _require_change(declaration: AccessionDeclaration, then: DeclarationState) -> None:
    if not declaration_may_become(declaration.state, then):
        raise Problem(
            "Tej zmiany nie można zrobić",
            f"Stan deklaracji: {declaration.get_state_display()}.",
            clause=_CLAUSE,
            kept="Niczego nie zapisaliśmy.",
            href=reverse("partnership:declaration", args=[declaration.pk]),
            action="Przejdź do deklaracji",
        )


def _step(declaration: AccessionDeclaration, by: Actor, day: date) -> None:
    DeclarationStep.objects.create(
        declaration=declaration,
        state=declaration.state,
        happened_on=day,
        actor_name=by.name,
        reason=declaration.reason,
        file_id=declaration.file_id if declaration.state == DeclarationState.FILED else None,
    )


def refuse_member(organisation: Organisation) -> None:
    member = Membership.objects.filter(organisation=organisation, ended_on=None).first()
    if member is not None:
        raise Problem(
            "Ta instytucja jest już członkiem Partnerstwa",
            f"„{organisation.name}” należy do Partnerstwa od {pl_date(member.from_on)}, "
            "więc druga deklaracja nie jest potrzebna.",
            clause=_CLAUSE,
            href=reverse("partnership:organisation", args=[organisation.pk]),
            action="Przejdź do instytucji",
        )


def _declared_already(organisation: Organisation, error: IntegrityError) -> Exception:
    found = AccessionDeclaration.objects.filter(
        organisation=organisation, state__in=OPEN_DECLARATIONS
    ).first()
    return error if found is None else already_open(found)


def already_open(found: AccessionDeclaration) -> Problem:
    return Problem(
        "Ta instytucja ma już deklarację",
        f"Deklaracja instytucji „{found.organisation.name}” – {found.get_state_display()}. "
        "Druga nie jest potrzebna.",
        clause=_CLAUSE,
        href=reverse("partnership:declaration", args=[found.pk]),
        action="Przejdź do tej deklaracji",
    )
