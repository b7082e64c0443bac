"""Invented boundaries of the demo region: each gmina is a field of a chessboard (REG §3.4)."""

import json
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from kooperacja.audit.actor import Actor
from tenants.registry.boundaries import import_boundaries
from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel

# Degrees: a field is about nine kilometres wide and ten high.
_WEST, _NORTH, _WIDE, _HIGH = 17.0, 51.0, 0.13, 0.09
_IN_ROW = 4
_COUNTIES_IN_ROW = 3
_OF_COUNTY = 4


def draw(*, by: Actor) -> None:
    """Give every gmina a place, those of one powiat beside each other, unless they have one."""
    gminas = Unit.objects.filter(level=UnitLevel.MUNICIPALITY, is_gone=False).order_by("code")
    if not gminas.filter(latitude=None).exists():
        return
    codes = gminas.values_list("code", flat=True)
    counties = [list(below) for _, below in groupby(codes, lambda code: code[:_OF_COUNTY])]
    features = [
        _feature(code, *divmod(county, _COUNTIES_IN_ROW), *divmod(place, _IN_ROW))
        for county, below in enumerate(counties)
        for place, code in enumerate(below)
    ]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "granice.geojson"
        file.write_text(json.dumps({"features": features}))
        import_boundaries(by=by, path=file)


def _feature(
    code: str, county_row: int, county_column: int, row: int, column: int
) -> dict[str, object]:
    west = _WEST + (county_column * _IN_ROW + column) * _WIDE
    north = _NORTH - (county_row * _IN_ROW + row) * _HIGH
    east, south = west + _WIDE, north - _HIGH
    ring = [[west, north], [east, north], [east, south], [west, south], [west, north]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"properties": {"terc": code}, "geometry": geometry}
