"""Debian's Chromium as the tests use it: strict about errors, seen by axe, photographed if asked."""

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.waiting import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# Without preloading, since no rule of ours reads style sheets as text.
_WIDE_RULES = {"type": "tag", "values": RULES}
# What may differ on the same elements in a narrow window.
_NARROW_RULES = {"type": "rule", "values": ["color-contrast", "scrollable-region-focusable"]}
_AXE = """([rules, looks]) => {
  for (const [one, look] of window.looks)
    one.toggleAttribute('data-new-look', looks.includes(look));
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-new-look]'}]});
  return axe.run(document,
    {runOnly: rules, resultTypes: ['violations'], preload: false}).then(found =>
    found.violations.flatMap(one => one.nodes.map(node =>
      `${one.id} (${one.impact}): ${node.target.join(' ')} ${node.html.slice(0, 200)}\n`
      + node.failureSummary)));
}"""
# What the contrast of a text follows from: its own style and all that lies under it.
_LOOKS = """() => {
  const under = new Map([[null, '']]);
  const ground = one => {
    if (!under.has(one)) {
      const style = getComputedStyle(one);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.position];
      const plain = own.join() === 'rgba(0, 0, 0, 0),none,1,static';
      under.set(one, ground(one.parentElement) + (plain ? '' : `/${own}`));
    }
    return under.get(one);
  };
  window.looks = new Map();
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    const said = one.value
      || [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!said || box.width < 2 || box.height < 2) continue;
    const {color, fontSize, fontWeight, textShadow, visibility} = getComputedStyle(one);
    const off = one.closest(':disabled, [aria-disabled=true]') !== null;
    window.looks.set(one,
      [ground(one), color, fontSize, fontWeight, textShadow, visibility, off].join());
  }
  return [...new Set(window.looks.values())];
}"""
# What this window shows and the wide one did not, such as the button of the menu.
_SHOWN = """() => {
  const shown = [...document.querySelectorAll('body *')].filter(one => one.checkVisibility());
  const before = window.shownBefore || [];
  window.shownBefore = new Set(shown);
  return before.size ? shown.filter(one => !before.has(one)).map(
    one => `${one.tagName} ${one.className} < ${one.parentElement.className}`) : [];
}"""
# What sticks out of the page, so that a failure names it.
_TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 160))"""
# A heading that a phone doesn't show at first: its first line ends below 300 px, even under the
# longest message. A page of the site that has no place for messages is too low in any case.
_TOO_LOW = """() => {
  const place = document.getElementById('komunikaty');
  if (!place) return document.getElementById('menu') ? ['no place for messages'] : [];
  const before = place.innerHTML;
  place.innerHTML = '<div class="k-notice"><p>' + 'Wysłaliśmy zaproszenie. '.repeat(40) + '</p></div>';
  const ends = [...document.querySelectorAll('main h1')].map(one =>
    one.getBoundingClientRect().top + parseFloat(getComputedStyle(one).lineHeight));
  place.innerHTML = before;
  return ends.filter(end => end > 300).map(Math.round);
}"""

expect.set_options(timeout=PATIENCE_SECONDS * 1000)
_judged: set[str] = set()
_met_narrow: set[str] = set()


def chromium_path(*which: str) -> str:
    """As people have it; `quick` may be one without windows, which keeps no page for Back."""
    found = subprocess.run(
        ["sh", str(ROOT / "infra" / "find-chromium.sh"), *which], capture_output=True, text=True
    )
    if found.returncode:
        pytest.fail(
            "Brak przeglądarki Chromium, a testy w przeglądarce są obowiązkowe: "
            "uruchom `make test` albo `apt-get install chromium`, albo ustaw CHROMIUM.",
            pytrace=False,
        )
    return found.stdout.splitlines()[0]


@contextmanager
def started() -> Iterator[Browser]:
    path = chromium_path("quick")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


class Eyes:
    """Watches one page: nothing may fail in its console, nor may the CSP be broken."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"pageerror: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser reports an error page itself; its status is what the test asked for.
        if message.text.startswith("Failed to load resource") and not re.search(
            r"/static/", message.location["url"]
        ):
            return
        self.troubles.append(f"{message.type}: {message.text} ({message.location['url']})")

    def calm(self) -> None:
        troubles, self.troubles = self.troubles, []
        assert not troubles, "\n".join([self.page.url, *troubles])

    def examine(self, name: str) -> list[str]:
        """What is wrong with the page at both widths, for people who hear it or see it narrow."""
        found, before = [], self.page.viewport_size or WIDE
        self.page.evaluate("() => { delete window.shownBefore; }")
        for size in (WIDE, NARROW):
            if self.page.viewport_size != size:
                self.page.set_viewport_size(size)  # type: ignore[arg-type]
            width = size["width"]
            photograph(self.page, name, width)
            rules = _WIDE_RULES if size == WIDE else _NARROW_RULES
            if newly_shown := set(self.page.evaluate(_SHOWN)) - _met_narrow:
                _met_narrow.update(newly_shown)
                rules = _WIDE_RULES
            found += [f"{width} px: {one}" for one in axe(self.page, rules)]
            found += [f"{width} px, sticks out: {one}" for one in self.page.evaluate(_TOO_WIDE)]
        found += [f"the heading ends at {end} px" for end in self.page.evaluate(_TOO_LOW)]
        self.page.set_viewport_size(before)  # type: ignore[arg-type]
        return found


def axe(page: Page, rules: dict[str, Any]) -> list[str]:
    # Given by the debugger, which the page's own policy does not bind.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT + ";0")
    # Contrast takes most of the time: each look is judged on the first page that has it.
    looks = set(page.evaluate(_LOOKS)) - _judged
    found: list[str] = page.evaluate(_AXE, [rules, list(looks)])
    _judged.update(looks)
    return found


def photograph(page: Page, name: str, width: int) -> None:
    """Kept where `tests.e2e.screenshots` wants pictures; else nothing is drawn."""
    if wanted := os.environ.get("E2E_SCREENSHOTS"):
        folder = Path(wanted)
        folder.mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^\w.-]+", "_", name)
        page.screenshot(path=folder / f"{file}.{width}.png", full_page=True)


def context_of(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
        viewport=WIDE,  # type: ignore[arg-type]
        **options,
    )
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    return context


class _Shape(HTMLParser):
    """Tags, classes and roles in their order: what a page looks like without its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [str(value) for key, value in attrs if key in ("class", "role", "type", "aria-sort")]
        part = " ".join([tag, *kept])
        # A longer list of the same things is no other page.
        if part not in self.parts[-12:]:
            self.parts.append(part)


def shape_of(html: str) -> str:
    parser = _Shape()
    parser.feed(html)
    return hashlib.sha256("\n".join(parser.parts).encode()).hexdigest()
