"""A tenant's figures are published whole, once, and only where they differ."""

import dataclasses
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db.models import Model
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.models import StoredFile
from kooperacja.indicators import About, Indicator
from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.actions import DisclosureControlMissing, backfill, publish_figures
from region.monitoring.models import Figure, Publication
from region.monitoring.outbox import figures_changed
from tests.region.monitoring.conftest import Counts

TODAY = date(2026, 9, 14)
MONTH = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _one_indicator(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted here is one indicator's, however many the catalogue has."""
    _catalogue(monkeypatch, catalogue.counts()[0])


def _catalogue(monkeypatch: pytest.MonkeyPatch, *indicators: Indicator) -> None:
    monkeypatch.setattr(catalogue, "indicators", lambda: indicators)


def _values(tenant: TenantRef, month: date = MONTH) -> dict[str, int]:
    rows = Figure.objects.filter(tenant_id=tenant.id, period_on=month)
    return {
        dimension: value for dimension, value in rows.values_list("dimension", "value") if value
    }


def _revision(tenant: TenantRef) -> int:
    return Publication.objects.get(tenant_id=tenant.id).revision


def test_every_sector_is_published_zeros_too_and_the_total(
    gmina: TenantRef, counts: Counts
) -> None:
    counts["gogolin"] = {"NGO": 2, "HEALTH": 1}
    assert publish_figures(gmina, as_of=TODAY) is True
    assert _values(gmina) == {"NGO": 2, "HEALTH": 1, "": 3}
    assert (
        Figure.objects.filter(tenant_id=gmina.id).count() == len(catalogue.counts()[0].labels) + 1
    )


def test_the_second_time_nothing_is_written(gmina: TenantRef, counts: Counts) -> None:
    counts["gogolin"] = {"NGO": 2}
    publish_figures(gmina, as_of=TODAY)
    before = list(Figure.objects.order_by("pk").values()), _revision(gmina)
    assert publish_figures(gmina, as_of=TODAY) is False
    assert (list(Figure.objects.order_by("pk").values()), _revision(gmina)) == before


def test_only_what_differs_is_written(gmina: TenantRef, counts: Counts) -> None:
    counts["gogolin"] = {"NGO": 2, "HEALTH": 1}
    publish_figures(gmina, as_of=TODAY)
    computed = dict(Figure.objects.values_list("dimension", "computed_at"))
    revision = _revision(gmina)
    counts["gogolin"] = {"NGO": 3, "HEALTH": 1}
    assert publish_figures(gmina, as_of=TODAY) is True
    after = dict(Figure.objects.values_list("dimension", "computed_at"))
    assert {name for name in after if after[name] != computed[name]} == {"NGO", ""}
    assert _revision(gmina) == revision + 1


def test_revisions_rise_over_the_whole_region(
    gmina: TenantRef, powiat: TenantRef, counts: Counts
) -> None:
    publish_figures(gmina, as_of=TODAY)
    publish_figures(powiat, as_of=TODAY)
    counts["gogolin"] = {"NGO": 1}
    publish_figures(gmina, as_of=TODAY)
    assert (_revision(gmina), _revision(powiat)) == (3, 2)


def test_each_tenant_is_counted_inside_itself(
    gmina: TenantRef, powiat: TenantRef, counts: Counts
) -> None:
    counts.update({"gogolin": {"NGO": 1}, "krapkowicki": {"NGO": 5}})
    publish_figures(gmina, as_of=TODAY)
    publish_figures(powiat, as_of=TODAY)
    assert (_values(gmina)[""], _values(powiat)[""]) == (1, 5)


def test_a_new_month_closes_the_months_before(gmina: TenantRef, asked_days: list[date]) -> None:
    publish_figures(gmina, as_of=date(2026, 7, 20))
    publish_figures(gmina, as_of=TODAY)
    assert asked_days[1:] == [date(2026, 7, 31), date(2026, 8, 31), TODAY]
    assert _values(gmina, date(2026, 8, 1))[""] == 8
    assert Publication.objects.get(tenant_id=gmina.id).period_on == MONTH


def test_a_dimension_that_left_the_catalogue_leaves_the_month(
    gmina: TenantRef, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_figures(gmina, as_of=TODAY)
    main = catalogue.counts()[0]
    labels = {code: label for code, label in main.labels.items() if code != "OTHER"}
    _catalogue(monkeypatch, dataclasses.replace(main, labels=labels))
    assert publish_figures(gmina, as_of=TODAY) is True
    assert not Figure.objects.filter(dimension="OTHER").exists()


def test_a_sensitive_indicator_is_refused_and_nothing_is_published(
    gmina: TenantRef, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = catalogue.counts()[0]
    cases = dataclasses.replace(main, code="FAMILIES", about=About.PEOPLE)
    _catalogue(monkeypatch, main, cases)
    with pytest.raises(DisclosureControlMissing):
        publish_figures(gmina, as_of=TODAY)
    assert not Figure.objects.exists()
    assert not Publication.objects.exists()


def test_an_unknown_dimension_is_refused_and_nothing_is_published(
    gmina: TenantRef, counts: Counts
) -> None:
    counts["gogolin"] = {"ASTROLOGY": 1}
    with pytest.raises(ValueError, match="ASTROLOGY"):
        publish_figures(gmina, as_of=TODAY)
    assert not Figure.objects.exists()


def test_history_is_filled_month_by_month_and_leaves_the_present(
    gmina: TenantRef, asked_days: list[date]
) -> None:
    publish_figures(gmina, as_of=TODAY)
    assert backfill(gmina, months=3, today=TODAY) is True
    assert asked_days[1:] == [date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)]
    assert [_values(gmina, date(2026, month, 1))[""] for month in (6, 7, 8, 9)] == [6, 7, 8, 9]
    assert Publication.objects.get(tenant_id=gmina.id).period_on == MONTH


def test_a_message_delivered_twice_changes_figures_once(gmina: TenantRef, counts: Counts) -> None:
    counts["gogolin"] = {"NGO": 1}
    message = SimpleNamespace(payload={})
    figures_changed(message, gmina)
    figures_changed(message, gmina)
    assert _revision(gmina) == 1
    assert Figure.objects.get(dimension="").value == 1


@pytest.fixture
def counted(gmina: TenantRef, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of two indicators was counted; they read tables of their own."""
    asked: Counter[str] = Counter()

    def indicator(code: str, table: type[Model]) -> Indicator:
        def count(as_of: date) -> dict[str, int]:
            asked[code] += 1
            return {"NGO": asked[code]}

        return dataclasses.replace(catalogue.counts()[0], code=code, count=count, tables=(table,))

    _catalogue(monkeypatch, indicator("FILES", StoredFile), indicator("ENTRIES", Entry))
    return asked


FILES = StoredFile._meta.db_table


def test_only_what_reads_a_changed_table_is_counted_anew(
    gmina: TenantRef, counted: Counter[str]
) -> None:
    with time_machine.travel("2026-09-14T10:00:00Z", tick=False):
        publish_figures(gmina, as_of=TODAY)
        computed = Publication.objects.get(tenant_id=gmina.id).computed_at
    with time_machine.travel("2026-09-14T11:00:00Z", tick=False):
        figures_changed(SimpleNamespace(payload={"tables": [FILES]}), gmina)
    assert counted == {"FILES": 2, "ENTRIES": 1}
    values = dict(Figure.objects.filter(dimension="").values_list("indicator", "value"))
    assert values == {"FILES": 2, "ENTRIES": 1}
    publication = Publication.objects.get(tenant_id=gmina.id)
    assert (publication.revision, publication.computed_at) == (2, computed)


def test_a_table_that_no_indicator_reads_changes_nothing(
    gmina: TenantRef, counted: Counter[str]
) -> None:
    with time_machine.travel("2026-09-14T10:00:00Z", tick=False):
        publish_figures(gmina, as_of=TODAY)
        assert publish_figures(gmina, as_of=TODAY, tables=["crypto_key"]) is False
    assert counted == {"FILES": 1, "ENTRIES": 1}
    assert _revision(gmina) == 1


@pytest.mark.parametrize("published", [None, "2026-09-13T10:00:00Z", "2026-08-31T10:00:00Z"])
def test_the_first_change_of_a_day_counts_everything(
    gmina: TenantRef, counted: Counter[str], published: str | None
) -> None:
    """Papers expire with the days, so what was counted yesterday may be wrong by itself."""
    if published:
        with time_machine.travel(published, tick=False):
            publish_figures(gmina, as_of=timezone.localdate())
    counted.clear()
    with time_machine.travel("2026-09-14T10:00:00Z", tick=False):
        publish_figures(gmina, as_of=TODAY, tables=[FILES])
    assert set(counted) == {"FILES", "ENTRIES"}


def test_a_message_of_no_tenant_is_a_defect(db: None) -> None:
    with pytest.raises(ValueError, match="tenant"):
        figures_changed(None, None)


def test_a_clock_that_went_back_does_not_take_the_region_back(
    gmina: TenantRef, counts: Counts
) -> None:
    publish_figures(gmina, as_of=TODAY)
    publish_figures(gmina, as_of=date(2026, 8, 31))
    assert Publication.objects.get(tenant_id=gmina.id).period_on == MONTH
