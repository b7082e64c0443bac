"""Authorisations of persons, their statements and what they have read (REG §8)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.models import StoredFile
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.data_protection import perms, rules
from tenants.data_protection.actions.agreements import end_entry, require_spell
from tenants.data_protection.gate import pairs_on
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.data_protection.papers.authorisation import (
    SIGNED_AUTHORISATION,
    SIGNED_STATEMENT,
    issue_authorisation,
)
from tenants.partnership.models import Partnership
from tenants.people import perms as people_perms
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Organisation, Person
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_digest, annex_text

_ANNEX = "§ 8 ust. 3 regulaminu"


@transaction.atomic
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
    perms.keep_data_registers.require(Person.objects.acting(by))
    # Numbers are given one after another: whoever grants waits for the one before.
    Partnership.objects.select_for_update().get()
    if known := ProcessingAuthorisation.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    signed_on = values["granted_on"]
    require_spell(values["from_on"], until, by.today, signed_on=signed_on, field="granted_on")
    _require_place(subject_id, organisation_id, by.today)
    last = ProcessingAuthorisation.objects.aggregate(last=Max("number"))["last"] or 0
    authorisation = ProcessingAuthorisation(
        id=key,
        person=Person.objects.get(pk=subject_id),
        organisation=_organisation(organisation_id),
        number=last + 1,
        ended_on=rules.after(until),
        **values,
    )
    if upload is not None:
        authorisation.file = keeper_of(is_electronic=is_electronic)(
            by=by, upload=upload, kind=SIGNED_AUTHORISATION
        )
    insert_once(authorisation)
    issue_authorisation(by=by, authorisation=authorisation)
    data = {"number": [None, last + 1], "person": [None, str(subject_id)]}
    record(by=by, verb="AUTHORISATION_GRANTED", obj=authorisation, data=data)
    publish_figures(ProcessingAuthorisation, cause=authorisation.pk)
    return authorisation


@transaction.atomic
def end_authorisation(
    *, by: Actor, authorisation_id: UUID, ended_on: date, reason: str
) -> ProcessingAuthorisation:
    """From a day the person may process no more data by this authorisation."""
    perms.keep_data_registers.require(Person.objects.acting(by))
    rows = ProcessingAuthorisation.objects.select_for_update()
    row: ProcessingAuthorisation = rows.get(pk=authorisation_id)
    end_entry(row, ended_on, reason, by.today)
    data = {"ended_on": [None, ended_on.isoformat()]}
    entry = record(by=by, verb="AUTHORISATION_ENDED", obj=row, why=reason, data=data)
    publish_figures(ProcessingAuthorisation, cause=entry.pk)
    return row


@transaction.atomic
def state_confidentiality(*, by: Actor, organisation_id: UUID | None) -> ConfidentialityStatement:
    """Undertake, on one's own account, to keep secret what one learns (REG §8.1)."""
    person = Person.objects.acting(by)
    perms.state_confidentiality.require(person, organisation_id)
    assert person is not None  # denied else
    return _state(by, person.pk, organisation_id, by.today, None)


@transaction.atomic
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
    row, is_new = DataRulesAcknowledgement.objects.get_or_create(
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
    row, is_new = ConfidentialityStatement.objects.get_or_create(
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


def _organisation(organisation_id: UUID | None) -> Organisation | None:
    return Organisation.objects.get(pk=organisation_id) if organisation_id else None
