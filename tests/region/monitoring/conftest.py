"""Tenants whose counts a test sets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kooperacja.tenancy.context import current_tenant
from region.monitoring import catalogue

Counts = dict[str, dict[str, int]]


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """What each tenant, by its slug, would count."""
    values: Counts = {}

    def members_by_sector(as_of: date) -> dict[str, int]:
        return dict(values.get(current_tenant().slug, {}))

    _replace(monkeypatch, members_by_sector)
    return values


@pytest.fixture
def asked_days(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which the counts were asked."""
    days: list[date] = []

    def members_by_sector(as_of: date) -> dict[str, int]:
        days.append(as_of)
        return {"NGO": as_of.month}

    _replace(monkeypatch, members_by_sector)
    return days


def _replace(monkeypatch: pytest.MonkeyPatch, source: Callable[[date], dict[str, int]]) -> None:
    main = replace(catalogue.counts()[0], count=source)
    monkeypatch.setattr(catalogue, "indicators", lambda: (main,))
