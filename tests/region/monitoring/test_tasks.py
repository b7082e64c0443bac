"""Figures stay fresh when nobody changes anything."""

from datetime import date

import pytest
import time_machine

from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue, tasks
from region.monitoring.actions import publish_figures
from region.monitoring.models import Publication
from tenants.registry.models import Tenant
from tests.region.monitoring.conftest import Counts


@pytest.fixture(autouse=True)
def _september(db: None, counts: Counts) -> None:
    with time_machine.travel("2026-09-14T10:00:00Z", tick=False):
        for tenant in Tenant.objects.select_related("unit"):
            publish_figures(tenant.ref, as_of=date(2026, 9, 14))


def _stale(day: str) -> int:
    with time_machine.travel(f"{day}T10:00:00Z", tick=False):
        return len(tasks.stale_tenants())


def test_fresh_tenants_are_left_alone() -> None:
    assert _stale("2026-09-14") == 0


def test_each_day_the_figures_are_computed_anew() -> None:
    assert _stale("2026-09-15") == 3


def test_a_new_month_makes_every_open_tenant_stale() -> None:
    assert _stale("2026-10-01") == 3


def test_a_tenant_that_never_published_is_stale(gmina: TenantRef) -> None:
    Publication.objects.filter(tenant_id=gmina.id).delete()
    assert _stale("2026-09-14") == 1


def test_a_new_catalogue_makes_every_tenant_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = catalogue.indicators() * 2
    monkeypatch.setattr(catalogue, "indicators", lambda: twice)
    assert _stale("2026-09-14") == 3


def test_a_suspended_tenant_is_never_asked(gmina: TenantRef) -> None:
    Tenant.objects.filter(pk=gmina.id).update(status="SUSPENDED")
    assert _stale("2026-10-01") == 2


def test_stale_tenants_are_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tasks.refresh, "delay", asked.append)
    with time_machine.travel("2026-10-01T10:00:00Z", tick=False):
        tasks.refresh_stale()
        for tenant_id in asked:
            tasks.refresh(tenant_id)
        assert tasks.stale_tenants() == []
    assert len(asked) == 3
