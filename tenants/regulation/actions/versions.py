"""The regulation begins, is written, first adopted and read (REG title, fn.1, §1.1, §9)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.work_first import work_first
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, found_or_new, save_edited
from tenants.exchange.clauses import framework, too_long
from tenants.partnership.models import Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import publish_figures
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.regulation import perms, rules
from tenants.regulation.changes import keep_differences
from tenants.regulation.models import RegulationAcknowledgement, RegulationVersion
from tenants.regulation.papers import SIGNED_REGULATION, issue_regulation
from tenants.regulation.text import changed_clauses, lacks
from tenants.regulation.workflow import RegulationState

REGULATION_TITLE = "Regulamin Partnerskiego Zespołu Kooperacyjnego"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Day and place of an adoption, the day from which it is in force, and the signed paper."""

    adopted_on: date
    adopted_place: str
    in_force_from: date
    upload: "UploadedFile[Any] | None" = None
    is_electronic: bool = False


@transaction.atomic
def on_tenant_opened(tenant: TenantRef) -> None:
    """Draft the first version of a tenant that opens; may be repeated."""
    partnership = Partnership.objects.select_for_update().get()
    if not RegulationVersion.objects.exists():
        RegulationVersion.objects.create(
            title=REGULATION_TITLE,
            clauses=framework(),
            **names_of(partnership),
        )


def names_of(partnership: Partnership) -> dict[str, str]:
    """The words for the area and the Lider in a text that is written now."""
    return {"area": partnership.where, "lead_name": partnership.official_name}


def take_names(partnership: Partnership) -> None:
    """A draft calls the area and the Lider as their office does; what was put to the vote stays."""
    names = names_of(partnership)
    drafts = RegulationVersion.objects.filter(state=RegulationState.DRAFT).exclude(**names)
    drafts.update(**names, version=F("version") + 1)


@work_first
def edit_regulation(
    *, by: Actor, regulation_id: UUID, version: int, values: dict[str, Any]
) -> RegulationVersion:
    """Fill the blanks, the footnote's points, the parameters or clauses of a draft."""
    draft = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.write_regulation.require(Person.objects.acting(by))
    require_state(draft, RegulationState.DRAFT)
    wrong = too_long(values.get("clauses", ()), was=draft.clauses)
    if wrong := wrong or _removal_error(draft, values):
        raise ValidationError(wrong)
    changed = save_edited(draft, version, values)
    keep_differences(draft)
    clauses: list[Any] = changed.pop("clauses", [[], []])
    data = {name: [str(text)[:500] for text in texts] for name, texts in changed.items()}
    data |= changed_clauses(*clauses)
    record(by=by, verb="REGULATION_EDITED", obj=draft, data=data)
    return draft


def _removal_error(draft: RegulationVersion, values: dict[str, Any]) -> str:
    """Why one of the clauses that are taken out of a draft must stay, or ""."""
    every = [row["ref"] for row in draft.clauses]
    kept = {row["ref"] for row in values.get("clauses", draft.clauses)}
    gone = [ref for ref in every if ref not in kept]
    wrong = (rules.removal_error(ref, gone, every) for ref in gone)
    return next((words for words in wrong if words), "")


@work_first
def adopt_first_regulation(
    *, by: Actor, regulation_id: UUID, adoption: Adoption, version: int | None = None
) -> RegulationVersion:
    """Adopt the first version as it was read; the partnership begins with it (REG §1.1)."""
    partnership = Partnership.objects.select_for_update().get()
    draft = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.adopt_regulation.require(Person.objects.acting(by))
    if draft.state == RegulationState.ADOPTED:
        raise AlreadySaved(draft)
    require_state(draft, RegulationState.DRAFT)
    require_read(draft, version)
    if draft.amends_id or RegulationVersion.objects.exclude(number=None).exists():
        raise Problem(
            "O zmianie regulaminu decyduje głosowanie",
            "Nowa wersja wchodzi w życie, gdy zgodzi się na nią ponad połowa członków, w tym Lider.",
            clause=perms.adopt_regulation.clause,
            at=draft,
        )
    begins = adoption.in_force_from
    if wrong := rules.adoption_dates_error(adoption.adopted_on, begins, by.today):
        raise ValidationError(dict([wrong]))
    adopt(by=by, draft=draft, adoption=adoption)
    if partnership.state == PartnershipState.DRAFT:
        move(partnership, PartnershipState.ACTIVE, by=by, on=begins, established_on=begins)
        follow(Partnership)
    return draft


def adopt(*, by: Actor, draft: RegulationVersion, adoption: Adoption) -> None:
    """Give a locked version its number, keep its signed paper and freeze its document."""
    require_complete(draft)
    signed_file, begins = draft.signed_file, adoption.in_force_from
    if adoption.upload is not None:
        keep = keeper_of(is_electronic=adoption.is_electronic)
        signed_file = keep(by=by, upload=adoption.upload, kind=SIGNED_REGULATION)
    last = RegulationVersion.objects.aggregate(last=Max("number"))["last"] or 0
    entry = move(
        draft,
        RegulationState.ADOPTED,
        by=by,
        on=adoption.adopted_on,
        data={"number": [None, last + 1], "in_force_from": [None, begins.isoformat()]},
        number=last + 1,
        adopted_on=adoption.adopted_on,
        adopted_place=adoption.adopted_place,
        in_force_from=begins,
        signed_file=signed_file,
    )
    issue_regulation(by=by, regulation=draft)
    publish_figures(RegulationVersion, cause=entry.pk)


@transaction.atomic
def acknowledge_regulation(*, by: Actor, regulation_id: UUID) -> RegulationAcknowledgement:
    """Say that one has read the version in force."""
    person = Person.objects.acting(by)
    perms.acknowledge_regulation.require(person)
    assert person is not None  # denied else
    version = RegulationVersion.objects.get(pk=regulation_id)
    now = RegulationVersion.in_force_on(by.today).values_list("pk", flat=True).first()
    if version.pk != now:
        raise Problem(
            "Ta wersja regulaminu nie obowiązuje",
            "Zapoznaj się z wersją, która obowiązuje dzisiaj.",
            clause=perms.acknowledge_regulation.clause,
            kept=NOTHING_DONE,
            at=RegulationVersion,
            action="Przejdź do obowiązującej wersji",
        )
    row, is_new = found_or_new(RegulationAcknowledgement, regulation=version, person=person)
    if not is_new:
        raise AlreadySaved(row)
    record(by=by, verb="REGULATION_ACKNOWLEDGED", obj=version)
    return row


def require_complete(version: RegulationVersion) -> None:
    """Nothing that the footnote or a blank asks for is empty (REG fn.1)."""
    if missing := lacks(version):
        raise Problem(
            "Regulamin nie jest kompletny",
            f"Brak: {', '.join(missing)}.",
            clause="przypis do tytułu regulaminu",
            kept=NOTHING_DONE,
            at=version,
            action="Uzupełnij projekt",
        )


def require_read(draft: RegulationVersion, version: int | None) -> None:
    """StaleForm if the text is no longer the one that was read."""
    if version not in {None, draft.version}:
        raise StaleForm(draft)


def require_state(version: RegulationVersion, *states: RegulationState) -> None:
    if version.state not in states:
        raise Problem(
            "Tej wersji regulaminu nie można teraz zmienić",
            f"Jej stan: {version.get_state_display()}.",
            clause=perms.adopt_regulation.clause,
            kept=NOTHING_DONE,
            at=version,
            action="Przejdź do tej wersji",
        )
