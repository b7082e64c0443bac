"""Draws a unit as a tile or as a row of the table; the same unit is drawn once a process."""

from datetime import date
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from region.panel.board import UnitFigures

register = template.Library()

# Of a region's 351 units a page draws anew only those that changed; both shapes, a few states.
REMEMBERED = 4096


@register.simple_tag
def unit_tile(unit: UnitFigures, month: date | None, oob: bool = False) -> str:
    """`month` is the one the region is in; `oob` for a piece that htmx puts in its place."""
    return _draw("region/panel/_tile.html", unit, month, oob)


@register.simple_tag
def unit_row(unit: UnitFigures, month: date | None, oob: bool = False) -> str:
    return _draw("region/panel/_row.html", unit, month, oob)


def _draw(name: str, unit: UnitFigures, month: date | None, oob: bool) -> str:
    # Whoever edits a template wants to see it.
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(name, unit, month, oob)


@lru_cache(maxsize=REMEMBERED)
def _drawn(name: str, unit: UnitFigures, month: date | None, oob: bool) -> str:
    return render_to_string(name, {"unit": unit, "month": month, "oob": oob})
