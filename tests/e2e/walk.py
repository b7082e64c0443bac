"""Counting the way: how many links and buttons somebody presses, how many fields they fill in."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.e2e.browser import Eyes
from tests.e2e.keyboard import Walk


@dataclass
class Count:
    """What a way cost so far, of all who walked it."""

    clicks: int = 0
    fields: int = 0

    def __str__(self) -> str:
        return f"{self.clicks} clicks, {self.fields} fields"


class Counted(Walk):
    """A walk whose presses and fields are counted; each choice in a field is one field."""

    def __init__(self, page: Page, eyes: Eyes, known: set[str], count: Count) -> None:
        super().__init__(page, eyes, known)
        self._count = count

    def press(
        self, role: Any, name: str | re.Pattern[str], key: str = "Enter", *, exact: bool = True
    ) -> None:
        super().press(role, name, key, exact=exact)
        self._count.clicks += 1

    def unfold(self, title: str) -> None:
        super().unfold(title)
        self._count.clicks += 1

    def field(self, label: str) -> Locator:
        self._count.fields += 1
        return super().field(label)

    def tick(self, label: str) -> None:
        super().tick(label)
        self._count.fields += 1

    def pick(self, group: str, option: str) -> None:
        super().pick(group, option)
        self._count.fields += 1
