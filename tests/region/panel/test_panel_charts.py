"""Lines drawn on the server."""

import pytest

from region.panel.charts import line_chart, nice_top


@pytest.mark.parametrize(
    ("value", "top"), [(0, 5), (5, 5), (6, 10), (17, 20), (21, 50), (99, 100), (101, 200)]
)
def test_the_scale_ends_at_a_round_number(value: int, top: int) -> None:
    assert nice_top(value) == top


def test_a_month_without_figures_breaks_the_line() -> None:
    chart = line_chart("Liczba", [("a", 1), ("b", None), ("c", 3), ("d", 4)])
    assert len(chart.dots) == 3
    assert [line.count(",") for line in chart.lines] == [1, 2]


def test_a_higher_number_stands_higher_within_the_frame() -> None:
    chart = line_chart("Liczba", [("a", 0), ("b", 10)])
    low, high = chart.dots
    assert (low.y, high.y) == (chart.base_y, chart.top_y)
    assert (low.x, high.x) == (chart.left, chart.right)


def test_nothing_published_is_no_line() -> None:
    chart = line_chart("Liczba", [("a", None)])
    assert (chart.dots, chart.lines) == ((), ())
