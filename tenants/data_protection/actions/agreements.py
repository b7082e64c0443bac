"""Agreements with institutions on the processing of personal data (REG §8.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.models import Document
from kooperacja.documents.papers import newest
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.data_protection import perms, rules
from tenants.data_protection.models import DataProcessingAgreement, RegisterEntry
from tenants.data_protection.papers.agreement import (
    AGREEMENT_DRAFT,
    SIGNED_AGREEMENT,
    agreement_context,
    issue_agreement_draft,
)
from tenants.partnership.models import Partnership
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Organisation, Person


@transaction.atomic
def draft_agreement(*, by: Actor, organisation_id: UUID, values: dict[str, Any]) -> Document:
    """Make the agreement on entrusting data ready to be signed; each that differs is a new version."""
    perms.keep_data_registers.require(Person.objects.acting(by))
    require_spell(values["from_on"], values["until"], by.today)
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    context = agreement_context(organisation, Partnership.objects.get(), values)
    last = newest(AGREEMENT_DRAFT, organisation.pk)
    if last is not None and last.context == context:
        raise AlreadySaved(last)
    document = issue_agreement_draft(by=by, organisation=organisation, context=context)
    record(by=by, verb="AGREEMENT_DRAFTED", obj=organisation, data={"version": document.version})
    return document


@transaction.atomic
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
    perms.keep_data_registers.require(Person.objects.acting(by))
    if known := DataProcessingAgreement.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    require_spell(values["from_on"], until, by.today, signed_on=values["signed_on"])
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    agreement = DataProcessingAgreement(
        id=key,
        organisation=organisation,
        ended_on=rules.after(until),
        file=keeper_of(is_electronic=is_electronic)(by=by, upload=upload, kind=SIGNED_AGREEMENT),
        **values,
    )
    insert_once(agreement)
    data = {name: [None, str(values[name])] for name in ("kind", "scope", "from_on")}
    record(by=by, verb="AGREEMENT_ENTERED", obj=agreement, data=data)
    publish_figures(DataProcessingAgreement, cause=agreement.pk)
    return agreement


@transaction.atomic
def end_agreement(
    *, by: Actor, agreement_id: UUID, ended_on: date, reason: str
) -> DataProcessingAgreement:
    """From a day the agreement holds no longer; who saw data by it, sees none from that day."""
    perms.keep_data_registers.require(Person.objects.acting(by))
    rows = DataProcessingAgreement.objects.select_for_update()
    agreement: DataProcessingAgreement = rows.get(pk=agreement_id)
    end_entry(agreement, ended_on, reason, by.today)
    data = {"ended_on": [None, ended_on.isoformat()]}
    entry = record(by=by, verb="AGREEMENT_ENDED", obj=agreement, why=reason, data=data)
    publish_figures(DataProcessingAgreement, cause=entry.pk)
    return agreement


def end_entry(entry: RegisterEntry, ended_on: date, reason: str, today: date) -> None:
    """End a locked entry of a register once; sent twice is no mistake, decided twice is."""
    if entry.end_reason and entry.ended_on == ended_on and entry.end_reason == reason:
        raise AlreadySaved(entry)
    if entry.end_reason or (entry.ended_on and entry.ended_on <= today):
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
    entry.ended_on, entry.end_reason = ended_on, reason
    entry.save(update_fields=["ended_on", "end_reason"])


def require_spell(
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
