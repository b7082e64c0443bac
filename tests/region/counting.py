"""Indicators that count what a test says."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Any
from unittest import mock

from kooperacja.indicators import Indicator
from region.monitoring import catalogue

Count = Callable[[date], Mapping[str, int]]


def counted_by(**counts: Count) -> tuple[Indicator, ...]:
    """The catalogue; in the place of functions of these names, these count."""
    return tuple(
        replace(one, count=counts.get(one.count.__name__, one.count))
        for one in catalogue.indicators()
    )


def counting(**values: Mapping[str, int]) -> AbstractContextManager[Any]:
    """Meanwhile functions of these names count so."""
    counts = {name: mock.Mock(return_value=counted) for name, counted in values.items()}
    return mock.patch.object(catalogue, "indicators", return_value=counted_by(**counts))
