"""Differences between two versions of the regulation, clause by clause (REG §9)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from kooperacja.ui.difference import Piece, difference
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import filled, parameters, points


@dataclass(frozen=True, slots=True)
class Change:
    """One clause, point or parameter that reads otherwise; `how` says it in a word."""

    name: str
    how: str
    pieces: tuple[Piece, ...]


def changes(before: RegulationVersion, after: RegulationVersion) -> dict[str, list[Change]]:
    """Heading → what changes under it; headings without a change are left out."""
    differences = {
        "Treść": _compared(_clauses(before), _clauses(after)),
        "Ustalenia Partnerstwa": _compared(_points(before), _points(after)),
        "Parametry": _compared(_parameters(before), _parameters(after)),
    }
    return {heading: rows for heading, rows in differences.items() if rows}


def _clauses(version: RegulationVersion) -> dict[str, str]:
    return {clause.name: clause.text for clause in filled(version)}


def _points(version: RegulationVersion) -> dict[str, str]:
    return {capfirst(label): text for label, text in points(version).items()}


def _parameters(version: RegulationVersion) -> dict[str, str]:
    return {f"{row.label} ({row.clause})": row.text for row in parameters(version)}


def _compared(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    return [
        Change(name, _how(name, old, new), difference(old.get(name, ""), new.get(name, "")))
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
