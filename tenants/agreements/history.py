"""Departures, other names and ends of agreements as rows, for their page and the exit package (POR)."""

from collections.abc import Iterator
from typing import Any

from tenants.agreements.models import Agreement, Departure, Ending, Party, Renaming


def departures_of(agreement: Agreement) -> Any:
    rows = Departure.objects.filter(party__agreement=agreement)
    return rows.select_related("party", "successor").order_by("from_on", "entered_at", "pk")


def renamings_of(agreement: Agreement) -> Any:
    rows = Renaming.objects.filter(party__agreement=agreement).select_related("party")
    return rows.order_by("from_on", "entered_at", "pk")


def changes_written() -> Iterator[list[Any]]:
    """Every departure, new name and end of all agreements, for the exit package."""
    departures = Departure.objects.select_related("party__agreement", "successor")
    for one in departures.order_by("from_on", "entered_at", "pk"):
        said = [one.get_kind_display(), one.from_on, one.successor.name if one.successor else ""]
        yield [*_of(one.party), *said, one.basis, one.reason, *_entered(one), one.withdrawn_on]
    renamings = Renaming.objects.select_related("party__agreement")
    for row in renamings.order_by("from_on", "entered_at", "pk"):
        said = ["zmiana nazwy", row.from_on, row.name]
        yield [*_of(row.party), *said, row.basis, "", *_entered(row), None]
    endings = Ending.objects.select_related("agreement")
    for end in endings.order_by("from_on", "entered_at", "pk"):
        said = ["koniec porozumienia", end.from_on, ""]
        yield [str(end.agreement), "", *said, "", end.reason, *_entered(end), end.withdrawn_on]


def _of(party: Party) -> list[str]:
    return [str(party.agreement), party.name]


def _entered(row: Departure | Renaming | Ending) -> list[Any]:
    return [row.actor_name, row.entered_at]
