"""The demo region knows how far its gminas lie of each other."""

import pytest

from tenants.baskets.nearby import Nearby
from tenants.demo import boundaries, build
from tenants.registry import teryt
from tenants.registry.models import Unit
from tenants.registry.region import RegionEntry
from tenants.registry.rules import UnitLevel
from tenants.registry.workflow import RegionVerb
from tenants.services.distance import POWIAT, kilometres
from tests.factories.registry import OWN_FILE


@pytest.mark.usefixtures("db")
def test_each_gmina_has_a_place_of_its_own_near_those_of_its_powiat() -> None:
    teryt.import_terc(OWN_FILE, voivodeship="16")
    for _ in range(2):
        boundaries.draw(by=build.BY)
    gminas = Unit.objects.filter(level=UnitLevel.MUNICIPALITY).order_by("code")
    centres = {one.code: (one.latitude, one.longitude) for one in gminas}
    assert len(set(centres.values())) == len(centres)
    known = Nearby("160501", {}, centres)  # type: ignore[arg-type]
    assert known.reached("160501", "160502") == {POWIAT, "10", "20", "40"}
    assert max(kilometres(centres["160501"], one) for one in centres.values()) > 40  # type: ignore[arg-type]
    assert RegionEntry.objects.filter(verb=RegionVerb.BOUNDARIES).count() == 1
