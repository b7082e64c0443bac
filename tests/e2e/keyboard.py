"""A person who has no mouse: Tab, Shift+Tab, Enter, Space and letters, and sees where they are."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Eyes, shape_of

# After so many steps nobody looks further.
PATIENCE = 70
# Looked up once a walk: to find things by their names takes longer than a step.
_WANT = "all => { window.wanted = all; }"
_FOCUSED = "() => wanted.includes(document.activeElement)"
_SEEN = """one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || style.boxShadow !== 'none';
  if (!one.matches(':focus-visible') || !ring) return 'the focus is not shown';
  const middle = box.top + Math.min(box.height, 40) / 2;
  return middle >= 0 && middle <= innerHeight && box.width > 1 ? '' : 'the focus is off the screen';
}"""


def _spaced(words: str) -> str:
    """A pattern of the words, whichever space binds them."""
    return r"\s+".join(map(re.escape, words.split()))


class Keyboard:
    """One page, used by its keys alone."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._file: Path | None = None
        # Listened for from the start: told later, a busy browser opens its own dialogue instead.
        page.on("filechooser", lambda chooser: chooser.set_files(str(self._file)))

    def tab_to(
        self, role: Any, name: str | re.Pattern[str], *, exact: bool = True, back: bool = False
    ) -> Locator:
        """Walk by Tab to a link or button of this name."""
        found = self.page.get_by_role(role, name=name, exact=exact)
        return self._walk(found, f"{role} “{name}”", back=back)

    def press(
        self,
        role: Any,
        name: str | re.Pattern[str],
        key: str = "Enter",
        *,
        exact: bool = True,
        back: bool = False,
    ) -> None:
        self.tab_to(role, name, exact=exact, back=back)
        self.page.keyboard.press(key)

    def follow(
        self, name: str | re.Pattern[str], *, exact: bool = True, back: bool = False
    ) -> None:
        """Follow a link and wait for its page."""
        with self.page.expect_navigation():
            self.press("link", name, exact=exact, back=back)

    def send(self, name: str) -> None:
        """Press a form's button and wait for the answer."""
        with self.page.expect_navigation():
            self.press("button", name)

    def field(self, label: str) -> Locator:
        """Walk to a field; its label may say that it is obligatory."""
        wanted = re.compile(rf"^\s*{_spaced(label)}(\s+\(wymagane\))?\s*$")
        return self._walk(self.page.get_by_label(wanted), f"field “{label}”")

    def fill(self, label: str, text: str) -> None:
        self.field(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        """Tick the box whose label has these words."""
        box = self.page.get_by_role("checkbox", name=re.compile(_spaced(label)))
        self._walk(box, f"box “{label}”")
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, label: str, option: str) -> None:
        """An option of a list, by arrows: letters that come slowly each begin a new word."""
        field = self.field(label)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if option in field.evaluate("one => one.selectedOptions[0].label"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{label}” has no “{option}”")

    def pick(self, group: str, option: str | re.Pattern[str]) -> None:
        """One of several round buttons: Tab comes to the group, arrows go through it."""
        wanted = re.compile(rf"^{_spaced(group)}(\s+\(wymagane\))?$")
        buttons = self.page.get_by_role("group", name=wanted).get_by_role("radio")
        self._walk(buttons, f"buttons “{group}”")
        self.page.keyboard.press("Space")
        chosen = buttons.and_(self.page.get_by_role("radio", name=option, exact=True))
        for _ in range(buttons.count()):
            if chosen.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{group}” has no “{option}”")

    def unfold(self, title: str) -> None:
        """Open what is folded up under a title."""
        self._walk(self.page.locator("summary", has_text=title), f"fold “{title}”")
        self.page.keyboard.press("Enter")

    def download(self, name: str, path: Path) -> None:
        """Follow a link that gives a file."""
        with self.page.expect_download() as given:
            self.press("link", name)
        given.value.save_as(path)

    def fill_date(self, label: str, day: date) -> None:
        """The browser's own field of a date, whose order of parts is the browser's."""
        field = self.field(label)
        for order in ("%d%m%Y", "%m%d%Y"):
            self.page.keyboard.type(day.strftime(order))
            if field.input_value() == day.isoformat():
                return
            for _ in range(3):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"“{label}” shows {field.input_value()}, not {day}")

    def fill_time(self, label: str, at: str) -> None:
        """The browser's own field of a time, whose clock is the browser's."""
        field = self.field(label)
        for typed in (at.replace(":", ""), datetime.strptime(at, "%H:%M").strftime("%I%M%p")):
            self.page.keyboard.type(typed)
            if field.input_value() == at:
                return
            for _ in range(3):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"“{label}” shows {field.input_value()}, not {at}")

    def attach(self, label: str, path: Path) -> None:
        self._file = path
        field = self.field(label)
        self.page.keyboard.press("Enter")
        expect(field).to_have_value(re.compile(re.escape(path.name)))

    def _walk(self, found: Locator, what: str, *, back: bool = False) -> Locator:
        found.evaluate_all(_WANT)
        for _ in range(PATIENCE):
            if self.page.evaluate(_FOCUSED):
                here = self.page.locator(":focus")
                wrong = here.evaluate(_SEEN)
                assert not wrong, f"{what} on {self.page.url}: {wrong}"
                return here
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        wrong = self.page.get_by_role("alert").all_inner_texts()
        raise AssertionError(f"no way by Tab to {what} on {self.page.url}: {wrong}")


class Walk(Keyboard):
    """A person on the way through pages, each shape of a page looked at when it is first reached."""

    def __init__(self, page: Page, eyes: Eyes, known: set[str]) -> None:
        super().__init__(page)
        self.eyes, self._known = eyes, known

    def follow(
        self, name: str | re.Pattern[str], *, exact: bool = True, back: bool = False
    ) -> None:
        super().follow(name, exact=exact, back=back)
        self.look()

    def send(self, name: str) -> None:
        super().send(name)
        self.look()

    def look(self) -> None:
        title = self.page.title()
        shape = f"{title} {shape_of(self.page.content())}"
        if shape in self._known:
            return
        self._known.add(shape)
        wrong = self.eyes.examine(f"walk.{title}")
        assert wrong == [], "\n\n".join([self.page.url, *wrong])
