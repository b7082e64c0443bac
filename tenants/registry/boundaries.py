"""The middle of each gmina, out of the boundaries that a region imports as GeoJSON; all or nothing."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import counted
from tenants.registry.journal import note
from tenants.registry.models import Unit
from tenants.registry.rules import Impossible, UnitLevel
from tenants.registry.workflow import RegionVerb

MAX_BYTES = 50 * 1024 * 1024
# Poland, with a little around it: whatever lies outside is in another system of coordinates.
_LONGITUDES, _LATITUDES = (14.0, 24.5), (48.5, 55.5)
_SHOWN = 5

Point = tuple[float, float]  # longitude and latitude, as GeoJSON has them


def import_boundaries(*, by: Actor, path: Path) -> int:
    """Keep the middle of every gmina in a file; how many there were."""
    if path.stat().st_size > MAX_BYTES:
        raise Impossible("Plik odrzucony w całości: jest większy niż 50 MB.")
    centres = centres_of(path.read_bytes())
    with transaction.atomic(using="shared"):
        rows = Unit.objects.filter(level=UnitLevel.MUNICIPALITY, code__in=centres, is_gone=False)
        units = list(rows.select_for_update().order_by("code"))
        if strange := sorted(centres.keys() - {unit.code for unit in units}):
            shown = ", ".join(strange[:_SHOWN])
            raise Impossible(f"Plik odrzucony w całości: rejestr nie zna gmin {shown}.")
        for unit in units:
            unit.longitude, unit.latitude = centres[unit.code]
        Unit.objects.bulk_update(units, ["longitude", "latitude"])
        said = f"środki {counted(len(units), 'gminy', 'gmin', 'gmin')}"
        note(by=by, verb=RegionVerb.BOUNDARIES, about=said)
    return len(units)


def centres_of(content: bytes) -> dict[str, Point]:
    """The middle of each gmina in a GeoJSON file by its code; powiaty in it are left out."""
    try:
        features = json.loads(content)["features"]
        found = dict(filter(None, map(_centre_of, features)))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, ZeroDivisionError):
        raise Impossible(
            "Plik odrzucony w całości: to nie jest GeoJSON z wielokątami, w którym każda gmina ma "
            "właściwość „terc”."
        ) from None
    if not found:
        raise Impossible("Plik odrzucony w całości: nie ma w nim żadnej gminy.")
    return found


def _centre_of(feature: dict[str, Any]) -> tuple[str, Point] | None:
    code = str(feature["properties"]["terc"])
    if len(code) not in (6, 7):
        return None
    geometry = feature["geometry"]
    shapes = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    centre = _middle(shapes[geometry["type"]])
    if not _is_within(centre[0], _LONGITUDES) or not _is_within(centre[1], _LATITUDES):
        raise Impossible(
            f"Plik odrzucony w całości: gmina {code[:6]} leży w nim poza Polską. Zapisz granice w "
            "układzie WGS 84."
        )
    return code[:6], centre


def _is_within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _middle(polygons: Iterable[list[list[Any]]]) -> Point:
    """The centroid of the area: each ring by its own area, holes taken away."""
    whole = east = north = 0.0
    for rings in polygons:
        for place, ring in enumerate(rings):
            area, x, y = _ring(ring)
            sign = 1 if place == 0 else -1
            whole += sign * area
            east += sign * area * x
            north += sign * area * y
    return (east / whole, north / whole)


def _ring(points: list[Any]) -> tuple[float, float, float]:
    """The area of a ring and its centroid, measured from its first point so that nothing is lost."""
    first = (float(points[0][0]), float(points[0][1]))
    area = east = north = 0.0
    for (x1, y1), (x2, y2) in _sides(points, first):
        cross = x1 * y2 - x2 * y1
        area += cross
        east += (x1 + x2) * cross
        north += (y1 + y2) * cross
    return (abs(area) / 2, first[0] + east / (3 * area), first[1] + north / (3 * area))


def _sides(points: list[Any], first: Point) -> Iterator[tuple[Point, Point]]:
    moved = [(float(one[0]) - first[0], float(one[1]) - first[1]) for one in points]
    return zip(moved, [*moved[1:], moved[0]], strict=True)
