"""Columns of a list of types that were added: where each stands, and the ways to change or end it (REG §3.2)."""

from kooperacja.ui.polish import pl_date
from kooperacja.ui.tables import Column
from tenants.services.added import AddedType
from tenants.services.vocabulary import type_of


def standing(broader: str) -> tuple[Column, ...]:
    """All columns after the name; `broader` heads the one of the type that it is a part of."""
    return (
        Column("dziedzina", "Dziedzina", "get_area_display"),
        Column("szerszy", broader, _broader),
        Column("stan", "Stan", _state),
        _step("zmiana", "Zmiana", "zmień", "edit"),
        _step("koniec", "Koniec", "zakończ", "end"),
    )


def _broader(row: AddedType) -> str:
    above = type_of(row.broader)
    return above.name if above else ""


def _state(row: AddedType) -> str:
    return f"zakończony {pl_date(row.ended_on)}" if row.ended_on else "w użyciu"


def _step(key: str, heading: str, words: str, page: str) -> Column:
    """A way to do something with a type that is in use."""
    return Column(
        key,
        heading,
        lambda row: "" if row.ended_on else words,
        href=lambda row: "" if row.ended_on else row.url_of(page),
    )
