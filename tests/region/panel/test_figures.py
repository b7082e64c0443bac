"""Periods that are named and compared: a month for what flows, a day for what stands."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.models import Figure
from region.panel.figures import Periods, figures_of
from region.panel.shares import shares_of
from tests.region.panel.conftest import Publish

NOVEMBER = date(2026, 11, 1)
TODAY = date(2026, 11, 29)
STANDS = next(one for one in catalogue.counts() if one.code == "KOOPERANCI_BY_SECTOR")
FLOWS = next(one for one in catalogue.counts() if one.code == "JOINED_BY_SECTOR")
units = st.frozensets(st.integers(0, 9).map(lambda number: UUID(int=number)))


def _plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("month", "stands", "flows"),
    [
        (NOVEMBER, "stan na 29 listopada 2026 r.", "w listopadzie 2026 r., do dziś"),
        (date(2026, 9, 1), "stan na 30 września 2026 r.", "we wrześniu 2026 r."),
        (date(2024, 2, 1), "stan na 29 lutego 2024 r.", "w lutym 2024 r."),
    ],
)
def test_a_figure_is_named_by_its_day_or_its_month(month: date, stands: str, flows: str) -> None:
    periods = Periods(month, TODAY, frozenset(), frozenset())
    assert _plain(periods.said(STANDS)) == stands
    assert _plain(periods.said(FLOWS)) == flows


def test_a_year_before_is_named_in_the_same_way() -> None:
    periods = Periods(NOVEMBER, TODAY, frozenset(), frozenset())
    assert _plain(periods.said_before(STANDS)) == "stan na 30 listopada 2025 r."
    assert _plain(periods.said_before(FLOWS)) == "w listopadzie 2025 r."
    assert _plain(periods.since(FLOWS)) == "wobec listopada 2025 r."


@given(now=units, before=units)
def test_only_units_that_know_both_periods_are_compared(
    now: frozenset[UUID], before: frozenset[UUID]
) -> None:
    periods = Periods(NOVEMBER, TODAY, now, before)
    assert periods.both <= now
    assert periods.both <= before
    assert periods.are_same == (periods.both in (now, frozenset()))
    assert bool(periods.compared) != periods.are_same


def test_a_unit_that_came_later_lowers_no_share_and_adds_no_growth(
    gmina: TenantRef, powiat: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 3})
    publish(gmina, {"NGO": 2}, as_of=date(2025, 9, 30))
    publish(powiat, {"HEALTH": 40})
    rows = Figure.objects.all()
    periods = Periods.of(date(2026, 9, 1), TODAY, rows)
    figures = figures_of(STANDS, periods, rows)
    assert (figures.total.value, figures.total.text) == (43, "+1")
    shares = shares_of([STANDS], periods, rows)
    assert shares is not None
    (block,) = shares.blocks
    assert [words for _, words in block.rows[0].cells] == ["43", "3", "2"]
    assert [_plain(heading)[-14:] for heading in block.headings[1:]] == [" (1 jednostka)"] * 2
