"""Aneksy in force on a day: the gminas that they name, where and how often the team meets (POR)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from kooperacja.ui.polish import pl_date
from tenants.agreements.clauses import TEXTS, Clause, Variant
from tenants.agreements.folded import Change
from tenants.agreements.models import AmendedClause, Amendment
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.amendments import ChangeKind
from tenants.agreements.numbering import Filling, blanks_of
from tenants.agreements.text import units_said, values_of
from tenants.agreements.units import Named, gminas
from tenants.agreements.workflow import AmendmentState
from tenants.regulation.parameters import Period, PlacePolicy
from tenants.regulation.text import frequency

# C leaves no blank for the rhythm: its clause says the least that a county team may meet.
_COUNTY_RHYTHM, _QUARTERLY = "2.2", "raz na kwartał"


def in_force_on(agreement: Agreement, day: date) -> list[Amendment]:
    """Its aneksy in force on a day with their changes, in the order in which they came."""
    rows = agreement.amendments.filter(state=AmendmentState.IN_FORCE, in_force_from__lte=day)
    return list(rows.order_by("in_force_from", "number").prefetch_related("changes"))


def amendments_of(agreement: Agreement) -> list[Amendment]:
    """All its aneksy in the order in which they were begun."""
    rows = list(agreement.amendments.order_by("created_at", "pk"))
    for one in rows:
        one.agreement = agreement
    return rows


def rhythm_clause(variant: str) -> str:
    """The clause that says how often one meets."""
    return _COUNTY_RHYTHM if variant == Variant.C else blanks_of(variant)["frequency"]


def place_clause(variant: str) -> str:
    return blanks_of(variant)["meeting_place"]


def units_clause(variant: str) -> str:
    """The clause that names the gminas first."""
    return blanks_of(variant)["units"]


def units_on(agreements: Iterable[Agreement], day: date) -> dict[UUID, list[Named]]:
    """The gminas that each agreement names on a day: its own, or those of the last aneks by then."""
    named: dict[UUID, list[Named]] = {one.pk: one.units for one in agreements}
    rows = AmendedClause.objects.filter(
        kind=ChangeKind.UNITS,
        amendment__agreement__in=named,
        amendment__state=AmendmentState.IN_FORCE,
        amendment__in_force_from__lte=day,
    ).order_by("amendment__in_force_from", "amendment__number")
    named.update(rows.values_list("amendment__agreement", "units"))
    return named


def unit_names_on(agreement: Agreement, day: date) -> list[str]:
    """The names of the gminas of one agreement."""
    return [unit["name"] for unit in units_on([agreement], day)[agreement.pk]]


def units_of_form(agreement: Agreement, day: date) -> list[Named]:
    """The gminas to choose from: those that it names, and all others that it may name."""
    named = units_on([agreement], day)[agreement.pk]
    codes = {one["code"] for one in named}
    return [*named, *(one for one in gminas() if one["code"] not in codes)]


def units_reworded(agreement: Agreement, names: Sequence[str]) -> str:
    """The founding clause with other gminas."""
    clause = _founding(agreement.variant, units_clause(agreement.variant))
    return _filled(agreement, clause.text, units_said(names))


def changes_of(amendment: Amendment) -> list[Change]:
    """All that an aneks changes in the text, other clauses that name the same gminas among it.

    Where it gives such a clause a text of its own, that one counts: it comes later.
    """
    rows = list(amendment.changes.all())
    following = [change for one in rows for change in following_changes(amendment.agreement, one)]
    return [*following, *(one.change for one in rows)]


def following_changes(agreement: Agreement, one: AmendedClause) -> Iterator[Change]:
    """Clauses that name the gminas as well: § 1.2 of C."""
    if one.kind != ChangeKind.UNITS:
        return
    values = units_said([unit["name"] for unit in one.units])
    for clause in TEXTS[agreement.variant]:
        if "[[units]]" in clause.text and clause.ref != one.clause:
            text = _filled(agreement, clause.text, values)
            yield replace(one.change, key=clause.ref, text=text)


def rhythm_said(agreement: Agreement, count: int, period: str) -> str:
    """The founding clause with another rhythm."""
    founding = _founding(agreement.variant, rhythm_clause(agreement.variant)).text
    if agreement.variant == Variant.C:
        return founding.replace(_QUARTERLY, frequency(count, period))
    return _filled(agreement, founding, {"frequency": frequency(count, period)})


def place_said(agreement: Agreement, policy: str, place: str) -> str:
    """The founding clause with another place."""
    clause = _founding(agreement.variant, place_clause(agreement.variant))
    if policy == PlacePolicy.ROTATING and clause.rotating:
        return clause.rotating
    return _filled(agreement, clause.text, {"meeting_place": place})


def is_of_county(count: int, period: str) -> bool:
    """It is the rhythm that the founding clause of C says."""
    return frequency(count, period) == _QUARTERLY


def is_rarer_than_quarterly(period: str) -> bool:
    """However often in a longer period, a calendar quarter may pass without a sitting (POR-C §2.2)."""
    return period not in (Period.MONTH, Period.QUARTER)


def _founding(variant: str, ref: str) -> Clause:
    return next(clause for clause in TEXTS[variant] if clause.ref == ref)


def _filled(agreement: Agreement, text: str, values: dict[str, str]) -> str:
    return Filling({**values_of(agreement), **values}).fill(text)


@dataclass(frozen=True, slots=True)
class Meetings:
    """Where and how often a team meets, from a day on, by the agreement or an aneks of that id."""

    rests_on: UUID
    since: date
    meetings_count: int
    meetings_period: str
    place_policy: str
    place: str


def meetings_of(agreement: Agreement) -> list[Meetings]:
    """The rhythm and the place from the first day on, and from each aneks that changes them.

    The last aneks of a day counts.
    """
    assert agreement.in_force_from is not None  # an agreement in force has it
    found = [_founded(agreement, agreement.in_force_from)]
    for one in in_force_on(agreement, date.max):
        assert one.in_force_from is not None  # it is in force
        if changed := _changed(one.changes.all()):
            last = found[-1]
            if last.since == one.in_force_from and last.rests_on != agreement.pk:
                found.pop()
            found.append(_with(last, one, changed))
    return found


def _founded(agreement: Agreement, since: date) -> Meetings:
    return Meetings(
        agreement.pk,
        since,
        agreement.meetings_count,
        agreement.meetings_period,
        agreement.place_policy,
        agreement.meeting_place,
    )


def _changed(changes: Iterable[AmendedClause]) -> dict[str, Any]:
    """The rhythm and the place that an aneks names, by the field."""
    found: dict[str, Any] = {}
    for one in changes:
        if one.kind == ChangeKind.RHYTHM:
            found |= {
                "meetings_count": one.meetings_count,
                "meetings_period": one.meetings_period,
            }
        elif one.kind == ChangeKind.PLACE:
            found |= {"place_policy": one.place_policy, "place": one.meeting_place}
    return found


def _with(last: Meetings, amendment: Amendment, changed: dict[str, Any]) -> Meetings:
    assert amendment.in_force_from is not None  # it is in force
    plain: dict[str, Any] = {
        "meetings_count": last.meetings_count,
        "meetings_period": last.meetings_period,
        "place_policy": last.place_policy,
        "place": last.place,
    }
    return Meetings(amendment.pk, amendment.in_force_from, **plain | changed)


def meetings_on(agreement: Agreement, day: date) -> Meetings | None:
    """The rhythm and the place of a day; nothing before it is in force."""
    if agreement.in_force_from is None:
        return None
    return next((one for one in reversed(meetings_of(agreement)) if one.since <= day), None)


def texts_of(agreement: Agreement) -> Iterator[tuple[date, str]]:
    """The days from which each text of an agreement in force is read, with what made it."""
    if agreement.in_force_from is None:
        return
    yield agreement.in_force_from, "tekst pierwotny"
    for one in in_force_on(agreement, date.max):
        assert one.in_force_from is not None  # it is in force
        yield one.in_force_from, f"aneks nr {one.number} z {pl_date(one.dated_on)}"
