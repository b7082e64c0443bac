"""Agreements, authorisations, statements and what people have read (REG §8)."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.papers import newest
from kooperacja.documents.work_first import work_first
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, StaleForm, came_in, found_or_new, insert_once, next_in
from tenants.data_protection import perms, rules
from tenants.data_protection.gate import pairs_on
from tenants.data_protection.models import (
    AgreementKind,
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    GuardRule,
    ProcessingAuthorisation,
    rule_of,
)
from tenants.data_protection.papers import (
    AGREEMENT_DRAFT,
    SIGNED_AGREEMENT,
    SIGNED_AUTHORISATION,
    SIGNED_STATEMENT,
    agreement_context,
    issue_agreement_draft,
    issue_authorisation,
)
from tenants.partnership import consequences
from tenants.partnership.models import Membership, Partnership
from tenants.people import perms as people_perms
from tenants.people.actions.invitations import publish_figures
from tenants.people.actions.organisations import locked_organisation
from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_digest, annex_text

_ANNEX = "§ 8 ust. 3 regulaminu"
Row = TypeVar("Row", DataProcessingAgreement, ProcessingAuthorisation)


@work_first
def draft_agreement(*, by: Actor, organisation_id: UUID, values: dict[str, Any]) -> Document:
    """Make the agreement on entrusting data ready to be signed; each that differs is a new version."""
    organisation = locked_organisation(organisation_id)
    perms.keep_data_registers.require(Person.objects.acting(by))
    _require_spell(values["from_on"], values["until"], by.today)
    context = agreement_context(organisation, Partnership.objects.get(), values)
    last = newest(AGREEMENT_DRAFT, organisation.pk)
    if last is not None and last.context == context:
        raise AlreadySaved(last)
    document = issue_agreement_draft(by=by, organisation=organisation, context=context)
    record(by=by, verb="AGREEMENT_DRAFTED", obj=organisation, data={"version": document.version})
    return document


@work_first
def enter_agreement(
    *,
    by: Actor,
    key: UUID,
    organisation_id: UUID,
    upload: "UploadedFile[Any]",
    is_electronic: bool = False,
    until: date | None,
    values: dict[str, Any],
) -> DataProcessingAgreement:
    """Enter a signed agreement with one institution, for the days it holds."""
    by.require_proof()
    organisation = locked_organisation(organisation_id)
    perms.keep_data_registers.require(Person.objects.acting(by))
    if known := DataProcessingAgreement.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    _require_spell(values["from_on"], until, by.today, signed_on=values["signed_on"])
    is_separate = values["kind"] == AgreementKind.SEPARATE
    if wrong := rules.basis_error(values.get("legal_basis", ""), is_separate=is_separate):
        raise ValidationError({"legal_basis": wrong})
    membership = _membership(by, organisation_id, values["from_on"])
    agreement = DataProcessingAgreement(
        id=key,
        organisation=organisation,
        ended_on=rules.after(until),
        file=keeper_of(is_electronic=is_electronic)(by=by, upload=upload, kind=SIGNED_AGREEMENT),
        **values,
    )
    insert_once(agreement)
    _end_with(by, membership, agreement)
    data = {name: [None, str(values[name])] for name in ("kind", "scope", "from_on")}
    record(by=by, verb="AGREEMENT_ENTERED", obj=agreement, data=data)
    publish_figures(DataProcessingAgreement, cause=agreement.pk)
    return agreement


@transaction.atomic
def end_agreement(
    *, by: Actor, agreement_id: UUID, ended_on: date, reason: str
) -> DataProcessingAgreement:
    """From a day the agreement holds no longer; who saw data by it, sees none from that day."""
    return _end(by, DataProcessingAgreement, agreement_id, ended_on, reason, "AGREEMENT_ENDED")


def _end(by: Actor, register: type[Row], pk: UUID, ended_on: date, reason: str, verb: str) -> Row:
    """End an entry of a register once; sent twice is no mistake, decided twice is.

    One that ends with a membership, on a day to come, may be ended before.
    """
    by.require_proof()
    entry: Row = register.objects.select_for_update().get(pk=pk)
    perms.keep_data_registers.require(Person.objects.acting(by))
    if entry.end_reason and entry.ended_on == ended_on and entry.end_reason == reason:
        raise AlreadySaved(entry)
    if not entry.may_end:
        raise Problem(
            "Ta pozycja rejestru jest już zakończona",
            f"Nie obowiązuje od {pl_date(entry.ended_on)} Zakończonej pozycji się nie zmienia.",
            clause=perms.keep_data_registers.clause,
            kept=NOTHING_DONE,
            at=entry,
            action="Zobacz tę pozycję",
        )
    if wrong := rules.early_end_error(ended_on, entry.from_on, entry.ended_on):
        raise ValidationError({"ended_on": wrong})
    entry.end(ended_on, end_reason=reason)
    data = {"ended_on": [None, ended_on.isoformat()]}
    written = record(by=by, verb=verb, obj=entry, why=reason, data=data)
    publish_figures(register, cause=written.pk)
    return entry


def _require_spell(
    from_on: date,
    until: date | None,
    today: date,
    *,
    signed_on: date | None = None,
    field: str = "signed_on",
) -> None:
    """Days in order; what is wrong is said beside the field, the day of signing beside `field`."""
    if wrong := rules.spell_error(from_on, until, signed_on, today):
        name, why = wrong
        raise ValidationError({field if name == "signed_on" else name: why})


def _membership(by: Actor, organisation_id: UUID | None, from_on: date) -> Membership | None:
    """The institution's membership today, locked; what rests on it begins before it ends."""
    memberships = Membership.objects.on(by.today).filter(organisation=organisation_id)
    membership = memberships.select_for_update().first() if organisation_id else None
    if membership and membership.ended_on and from_on >= membership.ended_on:
        over = f"Członkostwo tej instytucji kończy się z dniem {pl_date(membership.ended_on)}"
        raise ValidationError({"from_on": f"{over} Podaj dzień wcześniejszy."})
    return membership


def _end_with(
    by: Actor,
    membership: Membership | None,
    entry: DataProcessingAgreement | ProcessingAuthorisation,
) -> None:
    """Let what is entered in a notice period end with the membership at the latest (REG §1.6)."""
    if membership is not None:
        consequences.close_what_begins(by=by, membership=membership)
        entry.refresh_from_db(fields=["ended_on", "end_reason"])


@work_first
def grant_authorisation(
    *,
    by: Actor,
    key: UUID,
    subject_id: UUID,
    organisation_id: UUID | None,
    until: date | None,
    values: dict[str, Any],
    upload: "UploadedFile[Any] | None" = None,
    is_electronic: bool = False,
) -> ProcessingAuthorisation:
    """Authorise a person for one institution, under the next number, and freeze its document."""
    by.require_proof()
    # Numbers are given one after another: whoever grants waits for the one before.
    Partnership.objects.select_for_update().get()
    _lock_pair(subject_id, organisation_id)
    perms.keep_data_registers.require(Person.objects.acting(by))
    if known := ProcessingAuthorisation.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    from_on, signed_on = values["from_on"], values["granted_on"]
    membership = _fitting(by, subject_id, organisation_id, (from_on, until), signed_on)
    authorisation = ProcessingAuthorisation(
        id=key,
        person=Person.objects.get(pk=subject_id),
        organisation_id=organisation_id,
        number=_next_number(),
        ended_on=rules.after(until),
        **values,
    )
    if upload is not None:
        keep = keeper_of(is_electronic=is_electronic)
        authorisation.file = keep(by=by, upload=upload, kind=SIGNED_AUTHORISATION)
    insert_once(authorisation)
    _end_with(by, membership, authorisation)
    issue_authorisation(by=by, authorisation=authorisation)
    data = {"number": [None, authorisation.number], "person": [None, str(subject_id)]}
    record(by=by, verb="AUTHORISATION_GRANTED", obj=authorisation, data=data)
    publish_figures(ProcessingAuthorisation, cause=authorisation.pk)
    return authorisation


def _fitting(
    by: Actor,
    subject_id: UUID,
    organisation_id: UUID | None,
    spell: tuple[date, date | None],
    signed_on: date,
) -> Membership | None:
    """The membership that an authorisation ends with; ValidationError where its days don't fit."""
    _require_spell(*spell, by.today, signed_on=signed_on, field="granted_on")
    _require_place(subject_id, organisation_id, by.today)
    return _membership(by, organisation_id, spell[0])


def _next_number() -> int:
    return next_in(ProcessingAuthorisation.objects.all())


@transaction.atomic
def end_authorisation(
    *, by: Actor, authorisation_id: UUID, ended_on: date, reason: str
) -> ProcessingAuthorisation:
    """From a day the person may process no more data by this authorisation."""
    verb = "AUTHORISATION_ENDED"
    return _end(by, ProcessingAuthorisation, authorisation_id, ended_on, reason, verb)


@transaction.atomic
def state_confidentiality(*, by: Actor, organisation_id: UUID | None) -> ConfidentialityStatement:
    """Undertake, on one's own account, to keep secret what one learns (REG §8.1)."""
    _lock_pair(by.person_id, organisation_id)
    person = Person.objects.acting(by)
    perms.state_confidentiality.require(person, organisation_id)
    assert person is not None  # denied else
    return _state(by, person.pk, organisation_id, by.today, None)


@work_first
def enter_statement(
    *,
    by: Actor,
    subject_id: UUID,
    organisation_id: UUID | None,
    signed_on: date,
    upload: "UploadedFile[Any]",
    is_electronic: bool = False,
    has_read_annex: bool = False,
) -> ConfidentialityStatement:
    """Enter a statement that was signed and handed in; perhaps it also says that annex 3 was read."""
    _lock_pair(subject_id, organisation_id)
    perms.enter_statements.require(Person.objects.acting(by))
    if signed_on > by.today:
        raise ValidationError({"signed_on": "Data podpisania nie może być z przyszłości."})
    _require_place(subject_id, organisation_id, by.today)
    _refuse_second(subject_id, organisation_id)
    file = keeper_of(is_electronic=is_electronic)(by=by, upload=upload, kind=SIGNED_STATEMENT)
    statement = _state(by, subject_id, organisation_id, signed_on, file)
    regulation = RegulationVersion.in_force(signed_on)
    if has_read_annex and regulation is not None and annex_text(regulation):
        _acknowledge(by, subject_id, regulation, signed_on)
    return statement


@transaction.atomic
def acknowledge_data_rules(*, by: Actor, regulation_id: UUID) -> DataRulesAcknowledgement:
    """Say that one has read annex 3 as this version has it (REG §8.3)."""
    people_perms.enter.require(person := Person.objects.acting(by))
    assert person is not None  # denied else
    day = by.today
    regulation = RegulationVersion.in_force(day)
    if regulation is None or not annex_text(regulation):
        raise Problem(
            "Nie ma obowiązującego załącznika nr 3",
            "Zapoznać się z nim można, gdy obowiązuje regulamin, który go zawiera.",
            clause=_ANNEX,
        )
    if regulation.pk != regulation_id:
        raise Problem(
            "Regulamin zmienił się w międzyczasie",
            "Przeczytaj załącznik nr 3 w obowiązującym brzmieniu.",
            clause=_ANNEX,
            kept=NOTHING_DONE,
            at=DataRulesAcknowledgement,
            action="Przejdź do załącznika",
        )
    row, is_new = _acknowledge(by, person.pk, regulation, day)
    if not is_new:
        raise AlreadySaved(row)
    return row


def _acknowledge(
    by: Actor, person_id: UUID, regulation: RegulationVersion, day: date
) -> tuple[DataRulesAcknowledgement, bool]:
    row, is_new = found_or_new(
        DataRulesAcknowledgement,
        person_id=person_id,
        text_sha256=annex_digest(regulation),
        defaults={"regulation": regulation, "read_on": day, "recorded_by_name": by.name[:200]},
    )
    if is_new:
        record(by=by, verb="DATA_RULES_READ", obj=row, data={"sha256": [None, row.text_sha256]})
    return row, is_new


def _state(
    by: Actor,
    person_id: UUID,
    organisation_id: UUID | None,
    day: date,
    file: StoredFile | None,
) -> ConfidentialityStatement:
    whose: dict[str, Any] = {"person_id": person_id, "organisation_id": organisation_id}
    row, is_new = found_or_new(
        ConfidentialityStatement,
        **whose,
        ended_on=None,
        defaults={"from_on": day, "file": file, "recorded_by_name": by.name[:200]},
    )
    if not is_new:
        raise AlreadySaved(row)
    record(by=by, verb="CONFIDENTIALITY_STATED", obj=row, data={"from_on": [None, str(day)]})
    return row


def _refuse_second(person_id: UUID, organisation_id: UUID | None) -> None:
    """Before a file is kept for it: the statement that is there already."""
    known = ConfidentialityStatement.objects.filter(
        person=person_id, organisation=organisation_id, ended_on=None
    ).first()
    if known is not None:
        raise AlreadySaved(known)


def _require_place(person_id: UUID, organisation_id: UUID | None, today: date) -> None:
    """The person must work for the Lider, or act for that institution, today."""
    if (person_id, organisation_id) not in pairs_on(today):
        raise Problem(
            "Ta osoba nie działa w Partnerstwie za tę instytucję",
            "Najpierw nadaj jej rolę albo wskaż ją jako koordynatora lub pracownika instytucji.",
            clause=perms.keep_data_registers.clause,
            kept=NOTHING_DONE,
        )


def _lock_pair(person_id: UUID | None, organisation_id: UUID | None) -> None:
    """Neither is made one with another entry before what names them is written."""
    if organisation_id is not None:
        locked_organisation(organisation_id)
    if person_id is not None:
        Person.objects.select_for_update().filter(pk=person_id).first()


@transaction.atomic
def set_guard_rule(*, by: Actor, version: int, values: dict[str, Any]) -> GuardRule:
    """Say which personal data block a text for everybody, and which only warn (REG §6.1 s.3)."""
    perms.set_guard.require(Person.objects.acting(by))
    held = GuardRule.objects.newest()
    rule = GuardRule(number=held.number + 1, set_by=by.name[:200], **values)
    if held.chosen == rule.chosen:
        raise AlreadySaved(held)
    if version != held.number or not came_in(rule):
        raise StaleForm(GuardRule.objects.newest())
    changed = {
        rule_of(kind): [before, rule.chosen[kind]]
        for kind, before in held.chosen.items()
        if before != rule.chosen[kind]
    }
    record(by=by, verb="GUARD_SET", obj=rule, data=changed)
    return rule
