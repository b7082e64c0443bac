"""The catalogue fits the tenants' apps and itself."""

from django.utils.module_loading import import_string

from region.monitoring import catalogue
from tenants.partnership.models import Sector


def test_every_source_exists() -> None:
    assert all(callable(import_string(one.source)) for one in catalogue.INDICATORS)


def test_codes_are_not_repeated() -> None:
    assert len(catalogue.by_code()) == len(catalogue.INDICATORS)


def test_sectors_are_those_of_the_partnership() -> None:
    assert list(catalogue.SECTORS) == Sector.values


def test_every_indicator_says_its_clause_and_has_five_shades() -> None:
    for one in catalogue.INDICATORS:
        assert "§" in one.clause
        assert len(one.levels) == 5
        assert sorted(set(one.levels)) == list(one.levels)
