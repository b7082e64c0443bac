"""Figures have closed sets of labels, whatever is asked for."""

import pytest
from django.test import Client

from kooperacja.ops.metrics import METHODS, REQUESTS


def labels() -> set[tuple[str, ...]]:
    return {
        tuple(sample.labels[name] for name in ("view", "method", "status"))
        for metric in REQUESTS.collect()
        for sample in metric.samples
        if sample.name.endswith("_count")
    }


@pytest.mark.parametrize("path", ["/health/live", "/nie-ma/{0}/", "/konto/zaloguj/"])
def test_invented_methods_and_addresses_add_no_figures(db: None, path: str) -> None:
    Client().generic("ZERO", path.format("x"))
    before = labels()
    for number in range(20):
        Client().generic(f"M{number}", path.format(number))
    assert labels() == before
    assert {method for _, method, _ in labels()} <= METHODS | {"OTHER"}
