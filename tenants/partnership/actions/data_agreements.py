"""Agreements with institutions on the processing of personal data (REG §8.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.models import Document
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership import perms, rules
from tenants.partnership.actions.common import keeper_of
from tenants.partnership.actions.invitations import publish_figures
from tenants.partnership.documents import (
    AGREEMENT_DRAFT,
    SIGNED_AGREEMENT,
    agreement_context,
    issue_agreement_draft,
    made_of,
)
from tenants.partnership.models import DataProcessingAgreement, Organisation, Partnership, Person

KEEPERS = "Rejestry ochrony danych prowadzi Lider albo wyznaczony przez niego pracownik ds. sieci."
CLAUSE = "§ 8 ust. 2 regulaminu"
NOTHING_SAVED = "Niczego nie zapisaliśmy."


@transaction.atomic
def draft_agreement(
    *, by: Actor, person: Person, organisation_id: UUID, values: dict[str, Any]
) -> Document:
    """Make the agreement on entrusting data ready to be signed; each that differs is a new version."""
    perms.keep_data_registers.require(person)
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    context = agreement_context(organisation, Partnership.objects.get(), values)
    last = made_of(AGREEMENT_DRAFT, organisation.pk)
    if last is not None and last.context == context:
        raise AlreadySaved(last)
    document = issue_agreement_draft(by=by, organisation=organisation, context=context)
    record(by=by, verb="AGREEMENT_DRAFTED", obj=organisation, data={"version": document.version})
    return document


@transaction.atomic
def enter_agreement(
    *,
    by: Actor,
    person: Person,
    key: UUID,
    organisation_id: UUID,
    upload: "UploadedFile[Any]",
    is_electronic: bool = False,
    until: date | None,
    values: dict[str, Any],
) -> DataProcessingAgreement:
    """Enter a signed agreement with one institution, for the days it holds."""
    perms.keep_data_registers.require(person)
    if known := DataProcessingAgreement.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    require_spell(values["from_on"], until, values["signed_on"])
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
    publish_figures(cause=agreement.pk)
    return agreement


@transaction.atomic
def end_agreement(
    *, by: Actor, person: Person, agreement_id: UUID, ended_on: date, reason: str
) -> DataProcessingAgreement:
    """From a day the agreement holds no longer; who saw data by it, sees none from that day."""
    perms.keep_data_registers.require(person)
    rows = DataProcessingAgreement.objects.select_for_update()
    agreement: DataProcessingAgreement = rows.get(pk=agreement_id)
    end_row(agreement, ended_on, reason, reverse("partnership:agreement", args=[agreement_id]))
    data = {"ended_on": [None, ended_on.isoformat()]}
    entry = record(by=by, verb="AGREEMENT_ENDED", obj=agreement, why=reason, data=data)
    publish_figures(cause=entry.pk)
    return agreement


def end_row(row: Any, ended_on: date, reason: str, href: str) -> None:
    """End a locked row of a register once; sent twice is no mistake, decided twice is."""
    if row.end_reason and row.ended_on == ended_on and row.end_reason == reason:
        raise AlreadySaved(row)
    if row.end_reason or (row.ended_on and row.ended_on <= timezone.localdate()):
        raise Problem(
            "Ta pozycja rejestru jest już zakończona",
            f"Nie obowiązuje od {pl_date(row.ended_on)} Zakończonej pozycji się nie zmienia.",
            clause=CLAUSE,
            kept=NOTHING_SAVED,
            href=href,
            action="Zobacz tę pozycję",
        )
    if wrong := rules.early_end_error(ended_on, row.from_on, row.ended_on):
        raise Problem("Tej daty nie można przyjąć", wrong, clause=CLAUSE, kept=NOTHING_SAVED)
    row.ended_on, row.end_reason = ended_on, reason
    row.save(update_fields=["ended_on", "end_reason"])


def require_spell(from_on: date, until: date | None, signed_on: date) -> None:
    if wrong := rules.spell_error(from_on, until, signed_on, timezone.localdate()):
        raise Problem("Tych dat nie można przyjąć", wrong[1], clause=CLAUSE, kept=NOTHING_SAVED)
