"""The demo shows types that the ROPS added, one of them ended (REG §3.2)."""

import pytest

from tenants.demo import region_types
from tenants.region_types.models import RegionType
from tests.factories import types as make

pytestmark = pytest.mark.usefixtures("db")


def test_they_are_added_once() -> None:
    for _ in range(2):
        region_types.write(make.coordinator())
    rows = RegionType.objects.order_by("added_on", "pk")
    assert {row.code: (row.broader, bool(row.ended_on)) for row in rows} == {
        "pasieka-spoleczna": ("", False),
        "pasieka-szkolna": ("pasieka-spoleczna", False),
        "rozdawanie-maseczek": ("", True),
    }
