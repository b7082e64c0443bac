"""The regulation is written and first adopted (REG title, fn.1, §1.1)."""

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
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, save_edited
from tenants.partnership.models import Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.regulation import perms, rules
from tenants.regulation.models import RegulationVersion
from tenants.regulation.papers import SIGNED_REGULATION, issue_regulation
from tenants.regulation.text import changed_clauses, lacks
from tenants.regulation.workflow import RegulationState


@transaction.atomic
def edit_regulation(
    *, by: Actor, regulation_id: UUID, version: int, values: dict[str, Any]
) -> RegulationVersion:
    """Fill the blanks, the footnote's points, the parameters or clauses of a draft."""
    perms.write_regulation.require(Person.objects.acting(by))
    draft = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    require_state(draft, RegulationState.DRAFT)
    before = {name: getattr(draft, name) for name in values}
    changed = save_edited(draft, version, values)
    data = {name: [str(before[name])[:500], str(values[name])[:500]] for name in changed}
    if "clauses" in changed:
        del data["clauses"]
        data |= changed_clauses(before["clauses"], values["clauses"])
    record(by=by, verb="REGULATION_EDITED", obj=draft, data=data)
    return draft


@transaction.atomic
def adopt_first_regulation(
    *,
    by: Actor,
    regulation_id: UUID,
    adopted_on: date,
    adopted_place: str,
    in_force_from: date,
    upload: "UploadedFile[Any] | None" = None,
    is_electronic: bool = False,
) -> RegulationVersion:
    """Adopt the first version; the partnership begins with it (REG §1.1)."""
    perms.adopt_regulation.require(Person.objects.acting(by))
    partnership = Partnership.objects.select_for_update().get()
    draft = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    if draft.state == RegulationState.ADOPTED:
        raise AlreadySaved(draft)
    require_state(draft, RegulationState.DRAFT)
    if draft.amends_id or RegulationVersion.objects.exclude(number=None).exists():
        raise Problem(
            "O zmianie regulaminu decyduje głosowanie",
            "Nowa wersja wchodzi w życie, gdy zgodzi się na nią ponad połowa członków, w tym Lider.",
            clause=perms.adopt_regulation.clause,
            at=draft,
        )
    if wrong := rules.adoption_dates_error(adopted_on, in_force_from, by.today):
        raise ValidationError(dict([wrong]))
    if upload is not None:
        draft.signed_file = keeper_of(is_electronic=is_electronic)(
            by=by, upload=upload, kind=SIGNED_REGULATION
        )
    adopt(by=by, draft=draft, on=adopted_on, place=adopted_place, in_force_from=in_force_from)
    if partnership.state == PartnershipState.DRAFT:
        move(
            partnership,
            PartnershipState.ACTIVE,
            by=by,
            on=in_force_from,
            established_on=in_force_from,
        )
    return draft


def adopt(
    *, by: Actor, draft: RegulationVersion, on: date, place: str, in_force_from: date
) -> None:
    """Give a locked version its number and freeze its document."""
    require_complete(draft)
    last = RegulationVersion.objects.aggregate(last=Max("number"))["last"] or 0
    entry = move(
        draft,
        RegulationState.ADOPTED,
        by=by,
        on=on,
        data={"number": [None, last + 1], "in_force_from": [None, in_force_from.isoformat()]},
        number=last + 1,
        adopted_on=on,
        adopted_place=place,
        in_force_from=in_force_from,
        signed_file=draft.signed_file,
    )
    issue_regulation(by=by, regulation=draft)
    publish_figures(RegulationVersion, cause=entry.pk)


def require_complete(version: RegulationVersion) -> None:
    """Nothing that the footnote or a blank asks for is empty (REG fn.1)."""
    if missing := lacks(version):
        raise Problem(
            "Regulamin nie jest kompletny",
            f"Brakuje: {', '.join(missing)}.",
            clause="przypis do tytułu regulaminu",
            kept=NOTHING_DONE,
            at=version,
            action="Uzupełnij projekt",
        )


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
