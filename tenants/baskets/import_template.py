"""The workbook to fill in with institutions, people or services: headings, and what belongs under each."""

import io

from kooperacja.ui.polish import quoted
from tenants.baskets.columns import OF, SERVICES
from tenants.services.terms import Cost, Group, Language, Way
from tenants.services.vocabulary import known_types

_NOTES = (
    "Wpisuj dane na pierwszym arkuszu, pod nagłówkami; wiersz z przykładem usuń.",
    "Numery (REGON, NIP, KRS) wpisuj jako tekst: kolumny są już tak ustawione.",
    "Puste pole niczego nie zmienia w tym, co już jest zapisane.",
    "Formuł nie przyjmujemy.",
)
_WIDTHS = (28, 14, 60, 40)


def template(kind: str) -> bytes:
    """An XLSX whose cells are all texts, with a second sheet that explains the columns."""
    # Costly to load, and few take a template.
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        page = book.add_worksheet("Dane")
        page.set_column(0, len(OF[kind]) - 1, 22, text)
        page.freeze_panes(1, 0)
        for place, column in enumerate(OF[kind]):
            page.write_string(0, place, column.heading, bold)
            page.write_string(1, place, column.example, text)
        told = book.add_worksheet("Objaśnienia")
        for place, width in enumerate(_WIDTHS):
            told.set_column(place, place, width)
        for number, row in enumerate(_explained(kind)):
            for place, cell in enumerate(row):
                told.write_string(number, place, cell, bold if number == 0 else None)
    return content.getvalue()


def _explained(kind: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("Kolumna", "Wymagana", "Co wpisać", "Przykład")]
    rows += [
        (one.heading, "tak" if one.is_needed else "", one.about, one.example) for one in OF[kind]
    ]
    rows += [("",), *((note,) for note in _NOTES)]
    if kind == SERVICES:
        for heading, choices in (
            ("dla kogo", Group),
            ("gdzie", Way),
            ("koszt", Cost),
            ("języki", Language),
        ):
            rows += [("",), (f"Kolumna {quoted(heading)}: może być",)]
            rows += [(str(label),) for label in choices.labels]
        rows += [("",), (f"Kolumna {quoted('rodzaj')}: może być",)]
        rows += [(one.name, one.area.name) for one in known_types() if not one.is_ended]
    return rows
