"""Differences between two versions of the regulation, clause by clause (REG §9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from kooperacja.outside import outside
from kooperacja.ui.difference import Piece, compared, difference
from kooperacja.ui.difference import key as key_of
from tenants.exchange.clauses import Clause, order
from tenants.exchange.models import RegulationTemplate
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import filled, parameters, points, to_edit


@dataclass(frozen=True, slots=True)
class Change:
    """One clause, point or parameter that reads otherwise; `how` says it in a word."""

    name: str
    how: str
    pieces: tuple[Piece, ...]


def changes(before: RegulationVersion, after: RegulationVersion) -> dict[str, list[Change]]:
    """Heading → what changes under it; headings without a change are left out."""
    differences = {
        heading: _compared(texts(before), texts(after), after.differences)
        for heading, texts in _TEXTS.items()
    }
    return {heading: rows for heading, rows in differences.items() if rows}


@dataclass(frozen=True, slots=True)
class Reworded:
    """One clause that the region's template words otherwise."""

    ref: str
    name: str
    pieces: tuple[Piece, ...]


def rewordings(own: RegulationVersion, template: RegulationTemplate) -> list[Reworded]:
    """The clauses that the template words otherwise, in the order of the regulation."""
    before, after = _wordings(own), _wordings(template)
    return [
        Reworded(ref, Clause(ref, "").name, difference(old, new, own.differences))
        for ref in sorted({**before, **after}, key=lambda ref: order(Clause(ref, "")))
        if (old := before.get(ref, "")) != (new := after.get(ref, ""))
    ]


def keep_differences(version: RegulationVersion) -> None:
    """Compare, before the transaction, what a saved version and its texts are later looked at for.

    Each two texts are compared once: what was kept of the same two stays.
    """
    pairs = {key_of(*pair): pair for pair in _pairs(version)}
    new = sorted(pairs.keys() - version.differences.keys())
    known = version.differences
    if new:
        known = known | outside(
            ("differences", *new), lambda: {one: compared(*pairs[one]) for one in new}
        )
    version.differences = {one: known[one] for one in pairs}
    version.save(update_fields=["differences"])


def _pairs(version: RegulationVersion) -> Iterator[tuple[str, str]]:
    """The texts that are shown beside each other: its own beside those it amends and the template's."""
    if version.amends is not None:
        for texts in _TEXTS.values():
            yield from _differing(texts(version.amends), texts(version))
    if template := RegulationTemplate.objects.first():
        yield from _differing(_wordings(version), _wordings(template))


def _differing(old: dict[str, str], new: dict[str, str]) -> Iterator[tuple[str, str]]:
    pairs = ((old.get(name, ""), new.get(name, "")) for name in {**old, **new})
    return ((before, after) for before, after in pairs if before != after)


def _wordings(of: RegulationVersion | RegulationTemplate) -> dict[str, str]:
    return {row["ref"]: to_edit(row["text"]) for row in of.clauses}


def _clauses(version: RegulationVersion) -> dict[str, str]:
    return {clause.name: clause.text for clause in filled(version)}


def _points(version: RegulationVersion) -> dict[str, str]:
    return {capfirst(label): text for label, text in points(version).items()}


def _parameters(version: RegulationVersion) -> dict[str, str]:
    return {f"{row.label} ({row.clause})": row.text for row in parameters(version)}


_TEXTS = {"Treść": _clauses, "Ustalenia Partnerstwa": _points, "Parametry": _parameters}


def _compared(old: dict[str, str], new: dict[str, str], kept: dict[str, Any]) -> list[Change]:
    return [
        Change(name, _how(name, old, new), difference(old.get(name, ""), new.get(name, ""), kept))
        for name in _in_order(old, new)
        if old.get(name) != new.get(name)
    ]


def _in_order(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """The names of the new text in its order, those that went after them."""
    return list(dict.fromkeys([*new, *old]))


def _how(name: str, old: dict[str, str], new: dict[str, str]) -> str:
    if name not in old:
        return "nowe"
    return "zmienione" if name in new else "uchylone"
