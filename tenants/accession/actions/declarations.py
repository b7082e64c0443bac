"""A declaration is drafted, completed and filed (REG §1.5 s.1)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.work_first import work_first
from kooperacja.notifications.base import send
from kooperacja.notifications.reminders import settle_reminders
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, Taken, insert_once, save_edited
from tenants.accession import perms, rules
from tenants.accession.actions.recruitment import note_declared
from tenants.accession.models.declarations import AccessionDeclaration, accepted
from tenants.accession.notifications import DeclarationFiled
from tenants.accession.papers import SIGNED_DECLARATION
from tenants.accession.workflow import DeclarationState, SignatureMode
from tenants.partnership.actions.partnership import refuse_when_dissolved
from tenants.partnership.models import Membership
from tenants.people.actions.invitations import holders, publish_figures, recipients
from tenants.people.actions.organisations import locked_organisation
from tenants.people.actions.persons import find_or_add_person, require_address
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion

_CLAUSE = perms.enter_declarations.clause


@transaction.atomic
def draft_declaration(*, by: Actor, key: UUID, organisation_id: UUID) -> AccessionDeclaration:
    """Begin a declaration of an institution that is no member and has none under way."""
    organisation = locked_organisation(organisation_id)
    perms.enter_declarations.require(Person.objects.acting(by))
    return begin(by=by, key=key, organisation=organisation)


def begin(*, by: Actor, key: UUID, organisation: Organisation) -> AccessionDeclaration:
    """Begin it for a locked institution."""
    refuse_when_dissolved()
    refuse_member(organisation)
    declaration = AccessionDeclaration(id=key, organisation=organisation)
    try:
        insert_once(declaration)
    except Taken as error:
        raise _declared_already(organisation, error) from None
    declaration.add_step(by=by, on=by.today)
    record(by=by, verb="DECLARATION_DRAFTED", obj=declaration)
    note_declared(by=by, declaration=declaration)
    return declaration


@transaction.atomic
def name_signatory(
    *,
    by: Actor,
    declaration_id: UUID,
    version: int,
    full_name: str,
    function: str,
    email: str = "",
    phone: str = "",
) -> AccessionDeclaration:
    """Say who signs for the institution, and in what function."""
    declaration = editable(by, declaration_id)
    signatory = find_or_add_person(
        by=by,
        full_name=full_name,
        email=email,
        phone=phone,
        organisation=declaration.organisation,
        named=_named(declaration),
        is_own_email=False,
    )
    values = {"signatory_id": signatory.pk, "signatory_function": function}
    _complete(by, declaration, version, values, "SIGNATORY_NAMED")
    return declaration


@transaction.atomic
def name_coordinator(
    *,
    by: Actor,
    declaration_id: UUID,
    version: int,
    full_name: str,
    position: str,
    email: str = "",
    phone: str = "",
) -> AccessionDeclaration:
    """Say whom the institution delegates (REG §1.3.a); from paper also somebody without an address."""
    declaration = editable(by, declaration_id)
    require_address(by, email)
    coordinator = find_or_add_person(
        by=by,
        full_name=full_name,
        email=email,
        phone=phone,
        organisation=declaration.organisation,
        named=_named(declaration),
    )
    values = {"coordinator_id": coordinator.pk, "coordinator_position": position}
    _complete(by, declaration, version, values, "COORDINATOR_NAMED")
    return declaration


def _named(declaration: AccessionDeclaration) -> list[Person | None]:
    """People whom the declaration names already, who may hold nothing yet."""
    return [declaration.signatory, declaration.coordinator, declaration.applicant]


@transaction.atomic
def make_statements(
    *,
    by: Actor,
    declaration_id: UUID,
    version: int,
    regulation_id: UUID,
    publish_consent: bool,
) -> AccessionDeclaration:
    """Accept the regulation (REG §1.5 s.1) and say whether the institution may be named."""
    declaration = editable(by, declaration_id)
    regulation = _accepted_today(by, declaration, regulation_id)
    values = {"regulation_id": regulation.pk, "publish_consent": publish_consent}
    _complete(by, declaration, version, values, "STATEMENTS_MADE")
    return declaration


@work_first
def file_declaration(
    *,
    by: Actor,
    declaration_id: UUID,
    file: "UploadedFile[Any]",
    mode: str,
    signed_on: date,
    received_on: date,
    regulation_id: UUID,
    signed_place: str = "",
    publish_consent: bool = False,
    case_mark: str = "",
) -> AccessionDeclaration:
    """Hand in the signed declaration; from now on it waits for the Lider."""
    declaration = _locked(declaration_id)
    perms.enter_declarations.require(Person.objects.acting(by))
    _require_to_file(by, declaration)
    values = {
        "mode": mode,
        "signed_on": signed_on,
        "signed_place": signed_place,
        "received_on": received_on,
        "regulation": _accepted_today(by, declaration, regulation_id),
        "publish_consent": publish_consent,
        "case_mark": case_mark,
    }
    return _file(by, declaration, file, values)


@work_first
def file_own_declaration(
    *,
    by: Actor,
    declaration_id: UUID,
    file: "UploadedFile[Any]",
    mode: str,
    signed_on: date,
    signed_place: str = "",
) -> AccessionDeclaration:
    """Hand in the signed declaration by invitation; it is received today (REG §1.5 s.1)."""
    declaration = _locked(declaration_id)
    perms.fill_in_declaration.require(Person.objects.acting(by), declaration)
    _require_to_file(by, declaration)
    require_accepted(declaration, kept="Wybrany plik nie został zapisany.")
    values = {
        "mode": mode,
        "signed_on": signed_on,
        "signed_place": signed_place,
        "received_on": by.today,
    }
    return _file(by, declaration, file, values)


def _require_to_file(by: Actor, declaration: AccessionDeclaration) -> None:
    """It may be filed now and lacks nothing but the document."""
    if declaration.state == DeclarationState.FILED:
        raise AlreadySaved(declaration)
    refuse_when_dissolved()
    require_may(declaration, DeclarationState.FILED, by)
    if missing := _missing(declaration):
        raise Problem("Deklaracja nie jest kompletna", f"Brakuje: {missing}.", clause=_CLAUSE)


def _file(
    by: Actor,
    declaration: AccessionDeclaration,
    file: "UploadedFile[Any]",
    values: dict[str, Any],
) -> AccessionDeclaration:
    signed_on, received_on = values["signed_on"], values["received_on"]
    regulation = values.get("regulation") or declaration.regulation
    assert regulation is not None  # its acceptance was asked for
    of_regulation = accepted(regulation)
    if wrong := rules.declaration_dates_error(signed_on, received_on, of_regulation, by.today):
        raise ValidationError(dict([wrong]))
    keep = keeper_of(is_electronic=SignatureMode(values["mode"]).is_electronic)
    entry = move(
        declaration,
        DeclarationState.FILED,
        by=by,
        on=received_on,
        data={"received_on": [None, received_on.isoformat()]},
        file=keep(by=by, upload=file, kind=SIGNED_DECLARATION),
        decided_on=None,
        decided_by=None,
        reason="",
        **values,
    )
    settle_reminders(declaration.pk)
    _ask_lead(by, declaration)
    publish_figures(AccessionDeclaration, cause=entry.pk)
    return declaration


def require_accepted(declaration: AccessionDeclaration, *, kept: str = "") -> None:
    """It accepts the version in force today, which may have come into force since it was drafted."""
    if not declaration.accepts_regulation_asked:
        raise Problem(
            "Najpierw zaakceptuj obowiązujący regulamin",
            "Do Partnerstwa przystępuje ten, kto akceptuje regulamin, który dziś obowiązuje.",
            clause=_CLAUSE,
            kept=kept,
            at=declaration,
            page="statements",
            action="Przejdź do oświadczeń",
        )


def _accepted_today(
    by: Actor, declaration: AccessionDeclaration, regulation_id: UUID
) -> RegulationVersion:
    """The version in force, which must be accepted also when the draft is older (REG §1.5, §9)."""
    regulation = RegulationVersion.in_force(by.today)
    if regulation is None or regulation.pk != regulation_id:
        raise Problem(
            "Obowiązuje inna wersja regulaminu",
            "Instytucja akceptuje wersję, która obowiązuje w dniu złożenia deklaracji. Otwórz "
            "stronę jeszcze raz i sprawdź, co instytucja przyjęła.",
            clause=_CLAUSE,
            kept="Deklaracja nie została złożona.",
            at=declaration,
            action="Przejdź do deklaracji",
        )
    return regulation


def regulation_to_accept(
    day: date, kept: str = "To, co wpisano w deklaracji, jest zapisane."
) -> RegulationVersion:
    """The regulation that a declaration accepts; without one, or once dissolved, none is filed."""
    refuse_when_dissolved()
    regulation = RegulationVersion.in_force(day)
    if regulation is None:
        raise Problem(
            "Nie ma jeszcze obowiązującego regulaminu",
            "Deklarację można złożyć, gdy obowiązuje regulamin, który instytucja akceptuje. "
            "Najpierw Lider musi go przyjąć.",
            clause=_CLAUSE,
            kept=kept,
            at=RegulationVersion,
            action="Przejdź do regulaminu",
        )
    return regulation


def require_open(day: date) -> None:
    """A declaration that is begun now can be filed."""
    regulation_to_accept(day, kept="")


def is_open(day: date) -> bool:
    """Declarations can be filed: nothing that filing asks for stands against it."""
    try:
        require_open(day)
    except Problem:
        return False
    return True


def _ask_lead(by: Actor, declaration: AccessionDeclaration) -> None:
    """Tell those who represent the Lider that a decision is theirs."""
    name = declaration.organisation.name
    send(
        DeclarationFiled(declaration_id=declaration.pk, organisation_name=name),
        to=recipients(holders(by, Role.LEAD)),
        dedupe=f"declaration-filed:{declaration.pk}:{declaration.version}",
    )


def _locked(declaration_id: UUID) -> AccessionDeclaration:
    # Nothing is joined: whoever waited for the lock would see the joined rows as before the wait.
    return AccessionDeclaration.objects.select_for_update().get(pk=declaration_id)


def editable(by: Actor, declaration_id: UUID) -> AccessionDeclaration:
    """A locked declaration that may be changed now, by who may."""
    declaration = _locked(declaration_id)
    perms.edit_declaration.require(Person.objects.acting(by), declaration)
    declaration.require_editable()
    return declaration


def _complete(
    by: Actor, declaration: AccessionDeclaration, version: int, values: dict[str, Any], verb: str
) -> None:
    save_edited(declaration, version, values)
    data = {name: [None, str(value)] for name, value in values.items()}
    record(by=by, verb=verb, obj=declaration, data=data)


def _missing(declaration: AccessionDeclaration) -> str:
    lacks = []
    if declaration.signatory_id is None:
        lacks.append("osoby podpisującej")
    elif not declaration.signatory_function:
        lacks.append("funkcji osoby podpisującej")
    if declaration.coordinator_id is None:
        lacks.append("koordynatora Partnerstwa")
    return " i ".join(lacks)


def refuse_member(
    organisation: Organisation, so: str = "więc druga deklaracja nie jest potrzebna."
) -> None:
    """A member has nothing to declare (REG §1.4)."""
    member = Membership.objects.filter(organisation=organisation, ended_on=None).first()
    if member is not None:
        raise Problem(
            "Ta instytucja jest już członkiem Partnerstwa",
            f"{quoted(organisation.name)} należy do Partnerstwa od {pl_date(member.from_on)}, {so}",
            clause=_CLAUSE,
            kept=NOTHING_DONE,
            at=organisation,
            action="Przejdź do instytucji",
        )


def _declared_already(organisation: Organisation, error: Taken) -> Exception:
    declaration = AccessionDeclaration.objects.under_way(organisation.pk).first()
    return error if declaration is None else already_open(declaration)


def already_open(declaration: AccessionDeclaration) -> Problem:
    return Problem(
        "Ta instytucja ma już deklarację",
        f"Deklaracja instytucji {quoted(declaration.organisation.name)} – "
        f"{declaration.get_state_display()}. Druga nie jest potrzebna.",
        clause=_CLAUSE,
        at=declaration,
        action="Przejdź do tej deklaracji",
    )
