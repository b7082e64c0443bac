"""Changes of an aneks: another text of a clause, a new one, one that goes, gminas, rhythm, place (POR)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, save_edited
from tenants.agreements import amended
from tenants.agreements.actions.amendments import lock_draft
from tenants.agreements.actions.drafts import require_place_of_text
from tenants.agreements.citations import keyed, typed
from tenants.agreements.clauses import Variant
from tenants.agreements.consolidated import changeable, named, places, text_before
from tenants.agreements.folded import OWN
from tenants.agreements.models import AmendedClause, Amendment, Party
from tenants.agreements.models.amendments import LONGEST_CLAUSE, ChangeKind
from tenants.agreements.standing import Standing
from tenants.regulation.parameters import PlacePolicy

MOST = 60
Values = dict[str, Any]


@transaction.atomic
def add(*, by: Actor, amendment_id: UUID, key: UUID, kind: str, values: Values) -> AmendedClause:
    """Say what the aneks changes; it changes each clause once."""
    amendment = lock_draft(by, amendment_id)
    if saved := AmendedClause.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    if amendment.changes.count() >= MOST:
        raise ValidationError(f"Aneks może zmienić najwyżej {MOST} postanowień.")
    one = AmendedClause(id=key, amendment=amendment, kind=kind)
    for name, value in _prepared(one, values, by.today).items():
        setattr(one, name, value)
    _require_once(one)
    insert_once(one)
    _note(by, "AMENDMENT_CHANGE_ADDED", one, {"clause": [None, _name_of(one)]})
    return one


@transaction.atomic
def edit(*, by: Actor, clause_id: UUID, version: int, values: Values) -> AmendedClause:
    """Change what the aneks changes."""
    one = _locked(by, clause_id)
    prepared = _prepared(one, values, by.today)
    _require_once(one, prepared["clause"])
    changed = save_edited(one, version, prepared)
    names = named(text_before(one.amendment).lines)
    data = {
        name: [typed(str(text), names)[:500] for text in texts] for name, texts in changed.items()
    }
    _note(by, "AMENDMENT_CHANGE_EDITED", one, data)
    return one


@transaction.atomic
def remove(*, by: Actor, clause_id: UUID, version: int) -> Amendment:
    """Let the clause be as it is in force."""
    one = _locked(by, clause_id)
    if one.version != version:
        raise StaleForm(one)
    _note(by, "AMENDMENT_CHANGE_REMOVED", one, {"clause": [_name_of(one), None]})
    one.delete()
    return one.amendment


def _locked(by: Actor, clause_id: UUID) -> AmendedClause:
    """A change of a draft; the draft is locked first."""
    amendment_id = AmendedClause.objects.values_list("amendment", flat=True).get(pk=clause_id)
    amendment = lock_draft(by, amendment_id)
    one = AmendedClause.objects.get(pk=clause_id)
    one.amendment = amendment
    return one


def _note(by: Actor, verb: str, one: AmendedClause, data: dict[str, list[Any]]) -> None:
    """The journal tells of the aneks, whose page stays."""
    record(by=by, verb=verb, obj=one.amendment, data=data)


def _name_of(one: AmendedClause) -> str:
    if one.kind == ChangeKind.ADDED:
        return str(ChangeKind.ADDED.label)
    return named(text_before(one.amendment).lines).get(one.clause, one.clause)


def _require_once(one: AmendedClause, clause: str = "") -> None:
    others = one.amendment.changes.exclude(pk=one.pk)
    if others.filter(clause=clause or one.clause).exists():
        raise ValidationError(
            "Ten aneks już zmienia to postanowienie. Popraw tamtą zmianę albo ją usuń."
        )


def _prepared(one: AmendedClause, values: Values, today: date) -> Values:
    """The columns of a change as they are kept: its references are keys of clauses."""
    prepare = {
        ChangeKind.TEXT: _reworded,
        ChangeKind.ADDED: _new,
        ChangeKind.REMOVED: _removed,
        ChangeKind.RHYTHM: _rhythm,
        ChangeKind.PLACE: _place,
        ChangeKind.UNITS: _units,
    }[ChangeKind(one.kind)]
    prepared = prepare(one, values)
    _require_bound(one, prepared.get("party"), today)
    if "text" in prepared:
        place = prepared.get("place", "").partition(":")[2]
        prepared["text"] = _with_keys(one.amendment, prepared["text"], place or prepared["clause"])
    return prepared


def _reworded(one: AmendedClause, values: Values) -> Values:
    _require_clause(one.amendment, values["clause"])
    return {"clause": values["clause"], "text": values["text"]}


def _removed(one: AmendedClause, values: Values) -> Values:
    _require_clause(one.amendment, values["clause"])
    return {"clause": values["clause"]}


def _require_clause(amendment: Amendment, key: str) -> None:
    if key not in changeable(text_before(amendment)):
        raise ValidationError({"clause": "Wybierz postanowienie, które jest w tekście."})


def _new(one: AmendedClause, values: Values) -> Values:
    if values["place"] not in places(text_before(one.amendment)):
        raise ValidationError({"place": "Wybierz miejsce, które jest w tekście."})
    return {"clause": f"{OWN}{one.pk}", **values}


def _require_bound(one: AmendedClause, party: Party | None, today: date) -> None:
    """Only a party that the agreement binds can take a duty on."""
    if party is not None and party not in Standing(one.amendment.agreement).bound(today):
        raise ValidationError({"party": "Wybierz Stronę, którą porozumienie dziś wiąże."})


def _rhythm(one: AmendedClause, values: Values) -> Values:
    agreement = one.amendment.agreement
    count, period = values["meetings_count"], values["meetings_period"]
    if agreement.variant == Variant.C and amended.is_rarer_than_quarterly(period):
        raise ValidationError(
            {
                "meetings_period": "Powiatowy Zespół Kooperacji spotyka się co najmniej raz w każdym "
                "kwartale (§ 2 ust. 2 porozumienia). Wybierz miesiąc albo kwartał."
            }
        )
    text = values["text"] or amended.rhythm_said(agreement, count, period)
    return {**values, "clause": amended.rhythm_clause(agreement.variant), "text": text}


def _place(one: AmendedClause, values: Values) -> Values:
    agreement = one.amendment.agreement
    policy, place = values["place_policy"] or PlacePolicy.FIXED, values["meeting_place"]
    require_place_of_text(agreement, policy)
    is_rotating = policy == PlacePolicy.ROTATING
    if not place and not is_rotating:
        raise ValidationError({"meeting_place": "Wpisz miejsce spotkań."})
    text = values["text"] or amended.place_said(agreement, policy, place)
    clause = amended.place_clause(agreement.variant)
    return {"clause": clause, "place_policy": policy, "meeting_place": place, "text": text}


def _units(one: AmendedClause, values: Values) -> Values:
    """The gminas from among those that it may name."""
    agreement, units = one.amendment.agreement, values["units"]
    text = values["text"] or amended.units_reworded(agreement, [unit["name"] for unit in units])
    return {"clause": amended.units_clause(agreement.variant), "units": units, "text": text}


def _with_keys(amendment: Amendment, text: str, at: str) -> str:
    """The text of a clause that is there, or that comes beside it."""
    names = named(text_before(amendment).lines)
    kept, wrong = keyed(text, {name: key for key, name in names.items()}, names.get(at, ""))
    if wrong:
        raise ValidationError({"text": f"W tekście nie ma postanowienia: {', '.join(wrong)}."})
    if len(kept) > LONGEST_CLAUSE:
        raise ValidationError({"text": "Ten tekst jest za długi."})
    return kept
