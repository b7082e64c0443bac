"""A web process has loaded its pages before it forks, and never looks through them again."""

import gc
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings

from kooperacja.offers import MadeAtStart, of
from kooperacja.ops.settle import settle
from tenants.services.finding import get_ready


@pytest.fixture
def unfrozen() -> Iterator[None]:
    """What the run itself has spared the collector is seen by it again meanwhile."""
    gc.unfreeze()
    yield
    gc.freeze()


def test_costly_things_are_made_before_the_fork(unfrozen: None) -> None:
    made: list[str] = []
    settle([lambda: made.append("dictionary")])
    assert made == ["dictionary"]
    assert get_ready in [offer.make for offer in of(MadeAtStart)]


def test_pages_are_loaded_and_spared_the_collector_before_the_fork(
    unfrozen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("kooperacja.wsgi", "kooperacja.city_urls"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import_module("kooperacja.wsgi")
    assert {settings.ROOT_URLCONF, *settings.TENANT_URLCONFS.values()} <= set(sys.modules)
    assert gc.get_freeze_count() > len(gc.get_objects())
