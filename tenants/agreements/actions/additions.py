"""Further duties and own clauses of a draft (POR §2.3.6, POR-C §2.4.7, POR-C §3.4.5)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.guard.passing import keep_reason
from kooperacja.writes import StaleForm, insert_once, save_edited
from tenants.agreements.actions.drafts import lock_draft
from tenants.agreements.models import Addition, Agreement
from tenants.agreements.numbering import places_of

MOST = 60


@transaction.atomic
def add(
    *, by: Actor, agreement_id: UUID, key: UUID, values: dict[str, Any], guard_reason: str = ""
) -> Addition:
    """Add a duty or a clause; the numbers after it move by themselves."""
    agreement = lock_draft(by, agreement_id)
    _require_place(agreement, values)
    _require_party(agreement, values)
    if agreement.additions.count() >= MOST:
        raise ValidationError(f"Do porozumienia można dodać najwyżej {MOST} postanowień.")
    addition = Addition(id=key, agreement=agreement, **values)
    insert_once(addition)
    _note(by, "AGREEMENT_ADDITION_ADDED", addition, {"text": [None, addition.text[:500]]})
    keep_reason(by, agreement, guard_reason)
    return addition


@transaction.atomic
def edit(
    *, by: Actor, addition_id: UUID, version: int, values: dict[str, Any], guard_reason: str = ""
) -> Addition:
    """Change what was added, or its place."""
    addition = _locked(by, addition_id)
    _require_place(addition.agreement, values)
    _require_party(addition.agreement, values)
    changed = save_edited(addition, version, values)
    data = {name: [str(text)[:500] for text in texts] for name, texts in changed.items()}
    _note(by, "AGREEMENT_ADDITION_EDITED", addition, data)
    keep_reason(by, addition.agreement, guard_reason)
    return addition


@transaction.atomic
def remove(*, by: Actor, addition_id: UUID, version: int) -> Agreement:
    """Take out what was added."""
    addition = _locked(by, addition_id)
    if addition.version != version:
        raise StaleForm(addition)
    _note(by, "AGREEMENT_ADDITION_REMOVED", addition, {"text": [addition.text[:500], None]})
    addition.delete()
    return addition.agreement


def _note(by: Actor, verb: str, addition: Addition, data: dict[str, list[Any]]) -> None:
    """The journal tells of the agreement, whose page stays when a clause is taken out of it."""
    record(by=by, verb=verb, obj=addition.agreement, data=data)


def _locked(by: Actor, addition_id: UUID) -> Addition:
    """Something added to a draft; the draft is locked first."""
    agreement_id = Addition.objects.values_list("agreement", flat=True).get(pk=addition_id)
    agreement = lock_draft(by, agreement_id)
    addition = Addition.objects.get(pk=addition_id)
    addition.agreement = agreement
    return addition


def _require_place(agreement: Agreement, values: dict[str, Any]) -> None:
    if values["place"] not in places_of(agreement.variant):
        raise ValidationError({"place": "W tym wariancie nie ma takiego miejsca."})


def _require_party(agreement: Agreement, values: dict[str, Any]) -> None:
    """Only a party of this draft can take a duty on."""
    party = values.get("party")
    if party is not None and party.agreement_id != agreement.pk:
        raise ValidationError({"party": "Ta instytucja nie jest Stroną tego porozumienia."})
