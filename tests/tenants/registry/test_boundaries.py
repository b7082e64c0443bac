"""Boundaries of gminas give the middle of each, or the whole file is refused (REG §3.4)."""

import json
from pathlib import Path
from typing import Any

import pytest

from kooperacja.audit.actor import SYSTEM
from tenants.registry import teryt
from tenants.registry.boundaries import centres_of, import_boundaries
from tenants.registry.models import Unit
from tenants.registry.region import RegionEntry
from tenants.registry.rules import Impossible
from tenants.registry.workflow import RegionVerb
from tests.factories.registry import OWN_FILE

SQUARE = [[17.0, 50.0], [18.0, 50.0], [18.0, 51.0], [17.0, 51.0], [17.0, 50.0]]
HOLE = [[17.0, 50.0], [17.5, 50.0], [17.5, 51.0], [17.0, 51.0], [17.0, 50.0]]
CODE = "160502"


def file(tmp_path: Path, *shapes: tuple[str, str, Any]) -> Path:
    features = [
        {"properties": {"terc": code}, "geometry": {"type": kind, "coordinates": coordinates}}
        for code, kind, coordinates in shapes
    ]
    path = tmp_path / "granice.geojson"
    path.write_text(json.dumps({"features": features}))
    return path


@pytest.fixture
def register(db: None) -> None:
    teryt.import_terc(OWN_FILE, voivodeship="16")


@pytest.mark.usefixtures("register")
def test_the_middle_of_a_gmina_is_kept_and_noted(tmp_path: Path) -> None:
    shapes = file(tmp_path, (f"{CODE}3", "Polygon", [SQUARE]), ("1605", "Polygon", [SQUARE]))
    assert import_boundaries(by=SYSTEM, path=shapes) == 1
    unit = Unit.objects.get(code=CODE)
    assert (unit.longitude, unit.latitude) == (17.5, 50.5)
    assert Unit.objects.exclude(latitude=None).count() == 1
    assert RegionEntry.objects.filter(verb=RegionVerb.BOUNDARIES).get().about == "środki 1\xa0gminy"


def test_the_middle_is_of_the_area_in_several_parts_with_holes() -> None:
    far = [[x + 2, y] for x, y in SQUARE]
    both = {"type": "MultiPolygon", "coordinates": [[SQUARE], [far]]}
    holed = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    for geometry, longitude in ((both, 18.5), (holed, 17.75)):
        content = json.dumps({"features": [{"properties": {"terc": CODE}, "geometry": geometry}]})
        ((east, north),) = centres_of(content.encode()).values()
        assert (round(east, 6), round(north, 6)) == (longitude, 50.5)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("code", "coordinates", "why"),
    [
        ("999999", [SQUARE], "rejestr nie zna gmin 999999"),
        (CODE, [[[x * 10_000, y * 10_000] for x, y in SQUARE]], "poza Polską"),
        (CODE, [[[17.0, 50.0]] * 4], "to nie jest GeoJSON"),
        ("1605", [SQUARE], "nie ma w nim żadnej gminy"),
    ],
)
def test_a_file_with_one_mistake_changes_nothing(
    tmp_path: Path, code: str, coordinates: Any, why: str
) -> None:
    good = ("160501", "Polygon", [SQUARE])
    shapes = (good, (code, "Polygon", coordinates)) if code != "1605" else ((code, "Polygon", []),)
    with pytest.raises(Impossible, match=why):
        import_boundaries(by=SYSTEM, path=file(tmp_path, *shapes))
    assert not Unit.objects.exclude(latitude=None).exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"features": [1]}', b"\x00\xff"])
def test_what_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(Impossible, match="Plik odrzucony w całości"):
        centres_of(content)
