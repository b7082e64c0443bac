"""The catalogue is what the apps offer, and fits itself."""

from dataclasses import replace
from datetime import date

import pytest

from kooperacja.indicators import TOTAL, About
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.actions import publish_figures
from region.monitoring.models import Figure
from tenants.people.models import Sector
from tests.offering import offer


def test_every_source_exists() -> None:
    assert all(callable(one.count) for one in catalogue.indicators())


def test_codes_are_not_repeated() -> None:
    assert len({one.code for one in catalogue.indicators()}) == len(catalogue.indicators())


def test_sectors_are_those_of_the_partnership() -> None:
    assert catalogue.counts()[0].code == "KOOPERANCI_BY_SECTOR"
    assert list(catalogue.counts()[0].labels) == Sector.values


def test_every_indicator_says_its_clause_and_has_five_shades() -> None:
    for one in catalogue.indicators():
        assert "§" in one.clause
        assert len(one.levels) == 5
        assert sorted(set(one.levels)) == list(one.levels)


def test_what_is_counted_of_people_stays_in_the_tenant(
    gmina: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    def families(as_of: date) -> dict[str, int]:
        return {"NGO": 3}

    people = replace(catalogue.counts()[0], code="FAMILIES", about=About.PEOPLE, count=families)
    offer(monkeypatch, people)
    with inside(gmina):
        assert people.compute(date(2026, 9, 14))[TOTAL] == 3
    assert people not in catalogue.indicators()
    publish_figures(gmina, as_of=date(2026, 9, 14))
    assert Figure.objects.exists()
    assert not Figure.objects.filter(indicator="FAMILIES").exists()
