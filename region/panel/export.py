"""The table of units as a CSV file that Polish Excel opens as it is."""

import csv
import io
from collections.abc import Iterable

from kooperacja.indicators import TOTAL, Indicator
from region.panel.board import UnitFigures

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def units_csv(units: Iterable[UnitFigures], indicator: Indicator) -> str:
    """Semicolons, a byte order mark, and no cell that a spreadsheet would run."""
    dimensions = [TOTAL, *indicator.labels]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    labels = [indicator.label(dimension) for dimension in dimensions]
    writer.writerow(["Kod TERYT", "Nazwa", "Rodzaj", "Powiat", "Stan", "Miesiąc", *labels])
    for unit in units:
        month = f"{unit.period_on:%Y-%m}" if unit.period_on else ""
        texts = [unit.code, unit.name, unit.kind, unit.county, unit.state, month]
        numbers = [unit.values.get(dimension, "") for dimension in dimensions]
        writer.writerow([*map(harmless, texts), *numbers])
    return BOM + out.getvalue()


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text
