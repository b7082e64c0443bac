"""The look is tested alone: no other app's pages are there to link to."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _only_our_own_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "kooperacja.ui.urls"
