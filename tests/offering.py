"""What an app that comes later would offer."""

import pytest

from kooperacja import offers
from kooperacja.offers import Offer


def offer(monkeypatch: pytest.MonkeyPatch, *more: Offer) -> None:
    """Add offers behind those of the apps there are, for one test."""
    given = offers._all()
    monkeypatch.setattr(offers, "_all", lambda: (*given, *more))
