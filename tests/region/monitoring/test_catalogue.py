"""The catalogue is what the apps offer, and fits itself."""

from region.monitoring import catalogue
from tenants.partnership.models import Sector


def test_every_source_exists() -> None:
    assert all(callable(one.count) for one in catalogue.indicators())


def test_codes_are_not_repeated() -> None:
    assert len({one.code for one in catalogue.indicators()}) == len(catalogue.indicators())


def test_sectors_are_those_of_the_partnership() -> None:
    assert catalogue.main().code == "KOOPERANCI_BY_SECTOR"
    assert list(catalogue.main().labels) == Sector.values


def test_every_indicator_says_its_clause_and_has_five_shades() -> None:
    for one in catalogue.indicators():
        assert "§" in one.clause
        assert len(one.levels) == 5
        assert sorted(set(one.levels)) == list(one.levels)
