"""Further duties and own clauses of a draft (POR §2.3.6, POR-C §2.4.7, POR-C §3.4.5)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import StaleForm, insert_once, save_edited
from tenants.agreements.actions.drafts import lock_draft
from tenants.agreements.citations import followed, pointed_at, pointing
from tenants.agreements.consolidated import named
from tenants.agreements.models import Addition, Agreement
from tenants.agreements.numbering import places_of
from tenants.agreements.text import Text

MOST = 60
Names = dict[str, str]


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
    names = _names_of(agreement)
    addition = Addition(id=key, agreement=agreement, **values)
    insert_once(addition)
    _follow_numbers(by, addition, names)
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
    names = _names_of(addition.agreement)
    changed = save_edited(addition, version, values)
    _follow_numbers(by, addition, names)
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
    names = _names_of(addition.agreement)
    _require_uncited(addition, names)
    _note(by, "AGREEMENT_ADDITION_REMOVED", addition, {"text": [addition.text[:500], None]})
    addition.delete()
    _follow_numbers(by, addition, names)
    return addition.agreement


def _names_of(agreement: Agreement) -> Names:
    """The clauses that may be cited, name by key."""
    return named(Text(agreement).lines)


def _follow_numbers(by: Actor, changed: Addition, before: Names) -> None:
    """Let what was typed in any addition cite the same clauses by their numbers of now."""
    after, keys = _names_of(changed.agreement), {name: key for key, name in before.items()}
    for one in changed.agreement.additions.order_by("pk"):
        text = followed(one.text, keys, after[one.key], after)
        if text == one.text:
            continue
        moved = save_edited(one, one.version, {"text": text})
        if one == changed:
            changed.text, changed.version = one.text, one.version
        else:
            data = {"text": [said[:500] for said in moved["text"]]}
            _note(by, "AGREEMENT_ADDITION_EDITED", one, data)


def _require_uncited(addition: Addition, names: Names) -> None:
    """Raise who cites what is about to be taken out."""
    keys = {name: key for key, name in names.items()}
    others = addition.agreement.additions.exclude(pk=addition.pk).order_by("pk")
    citing = [
        names[one.key]
        for one in others
        if addition.key in pointed_at(pointing(one.text, keys, names[one.key]))
    ]
    if citing:
        raise Problem(
            "Do tego postanowienia odsyła inne",
            f"Odsyła do niego: {', '.join(citing)}. Najpierw popraw odesłanie.",
            kept=NOTHING_DONE,
            at=addition.agreement,
            action="Przejdź do porozumienia",
        )


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
