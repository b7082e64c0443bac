"""Counting the way: how many links and buttons somebody presses, how many fields they fill in."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e import story
from tests.e2e.browser import Eyes
from tests.e2e.keyboard import Walk
from tests.e2e.totp import Phone
from tests.factories import accounts


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
        self.count = count

    def press(
        self,
        role: Any,
        name: str | re.Pattern[str],
        key: str = "Enter",
        *,
        exact: bool = True,
        back: bool = False,
    ) -> None:
        super().press(role, name, key, exact=exact, back=back)
        self.count.clicks += 1

    def unfold(self, title: str) -> None:
        super().unfold(title)
        self.count.clicks += 1

    def field(self, label: str) -> Locator:
        self.count.fields += 1
        return super().field(label)

    def tick(self, label: str) -> None:
        super().tick(label)
        self.count.fields += 1

    def pick(self, group: str, option: str | re.Pattern[str]) -> None:
        super().pick(group, option)
        self.count.fields += 1

    @property
    def width(self) -> int:
        assert self.page.viewport_size is not None
        return self.page.viewport_size["width"]

    def sign_in(self, address: str) -> None:
        """With a password and a code, up to "Moje sprawy"."""
        self.page.goto("/konto/zaloguj/")
        self.look()
        story.sign_in(self, address, accounts.PASSWORD, Phone(accounts.SEED))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Moje sprawy")

    def sign_out(self) -> None:
        self.go("Wyloguj się")
        self.send("Wyloguj się")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Zaloguj się")

    def go_to_own(self) -> None:
        """By the name in the header, to "Moje sprawy"."""
        self.go(re.compile("Moje sprawy$"))

    def go(self, name: str | re.Pattern[str], *, back: bool = False) -> None:
        """Follow a link of the navigation, which a narrow window keeps in its menu."""
        is_folded = self.open_menu(back=back)
        self.follow(name, back=back and not is_folded)

    def unfold_filters(self) -> None:
        """Open the filters that a narrow window keeps folded."""
        if self.page.locator(".k-search-more summary").is_visible():
            self.unfold("Więcej filtrów")

    def open_menu(self, *, back: bool = False) -> bool:
        """Open the menu of a narrow window; False where there is none."""
        # Its script makes a button of the link.
        is_folded = self.page.get_by_role("button", name="Menu", exact=True).is_visible()
        if is_folded:
            self.press("button", "Menu", back=back)
        return is_folded
