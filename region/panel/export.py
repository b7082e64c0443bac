"""The table of units as a CSV file that Polish Excel opens as it is."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import slugify

from kooperacja.indicators import TOTAL, Indicator
from kooperacja.ui.polish import fold
from kooperacja.ui.sheets import CSV, Sheet, content_of
from region.panel.board import UnitFigures


def units_csv(units: Iterable[UnitFigures], indicator: Indicator) -> bytes:
    dimensions = [TOTAL, *indicator.labels]
    labels = [indicator.label(dimension) for dimension in dimensions]
    own = ("Kod TERYT", "Nazwa", "Rodzaj", "Powiat", "Stan", "Partnerstwo", "Miesiąc")
    rows = [[*_texts(unit), *map(unit.values.get, dimensions)] for unit in units]
    return content_of(Sheet(indicator.title, (*own, *labels), rows), CSV)


def _texts(unit: UnitFigures) -> list[str]:
    month = f"{unit.period_on:%Y-%m}" if unit.period_on else ""
    return [unit.code, unit.name, unit.kind, unit.county, unit.state, unit.standing, month]


def file_name(indicator: Indicator, month: date | None) -> str:
    """By the noun that its title begins with: kooperanci-2026-09.csv."""
    noun = slugify(fold(indicator.title.split()[0]))
    return f"{noun}-{month:%Y-%m}.csv" if month else f"{noun}.csv"
