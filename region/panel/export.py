"""The table of units as a CSV file that Polish Excel opens as it is."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.utils.text import slugify

from kooperacja.indicators import TOTAL, Indicator
from kooperacja.ui.files import harmless
from kooperacja.ui.polish import fold
from region.panel.board import UnitFigures

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def units_csv(units: Iterable[UnitFigures], indicator: Indicator) -> str:
    """Semicolons, a byte order mark, and no cell that a spreadsheet would run."""
    dimensions = [TOTAL, *indicator.labels]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    labels = [indicator.label(dimension) for dimension in dimensions]
    writer.writerow(
        ["Kod TERYT", "Nazwa", "Rodzaj", "Powiat", "Stan", "Partnerstwo", "Miesiąc", *labels]
    )
    for unit in units:
        month = f"{unit.period_on:%Y-%m}" if unit.period_on else ""
        texts = [unit.code, unit.name, unit.kind, unit.county, unit.state, unit.standing, month]
        numbers = [unit.values.get(dimension, "") for dimension in dimensions]
        writer.writerow([*map(harmless, texts), *numbers])
    return BOM + out.getvalue()


def file_name(indicator: Indicator, month: date | None) -> str:
    """By the noun that its title begins with: kooperanci-2026-09.csv."""
    noun = slugify(fold(indicator.title.split()[0]))
    return f"{noun}-{month:%Y-%m}.csv" if month else f"{noun}.csv"
