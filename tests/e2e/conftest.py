"""One site and one browser for all of these tests, which one worker runs one after another."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e import browser as chromium
from tests.e2e.browser import NARROW, WIDE, Eyes, context_of
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site
from tests.e2e.walk import Count, Counted


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium.started() as started:
        yield started


@pytest.fixture(scope="package")
def site(browser: Browser) -> Iterator[Site]:
    """Asked for after the browser, so that without one nothing is started in vain."""
    site = Site()
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="package")
def person(browser: Browser, site: Site) -> Iterator[Callable[[str], BrowserContext]]:
    """The browser of somebody the seed signed in; "" is a stranger."""
    known: dict[str, BrowserContext] = {}

    def of(name: str) -> BrowserContext:
        if name not in known:
            known[name] = context_of(browser, base_url=site.url)
            if name:
                key = site.facts["sessions"][name]
                known[name].add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
        return known[name]

    yield of
    for context in known.values():
        context.close()


@pytest.fixture
def watch() -> Iterator[Callable[[Page], Eyes]]:
    """Eyes on pages; after the test none of them may have seen trouble."""
    watched: list[Eyes] = []

    def on(page: Page) -> Eyes:
        watched.append(Eyes(page))
        return watched[-1]

    yield on
    for eyes in watched:
        eyes.calm()


@pytest.fixture(scope="package")
def known() -> set[str]:
    """Shapes of pages that somebody on the way has looked at."""
    return set()


@pytest.fixture
def come(
    browser: Browser,
    site: Site,
    person: Callable[[str], BrowserContext],
    watch: Callable[[Page], Eyes],
    known: set[str],
) -> Iterator[Callable[[str, str], Walk]]:
    """Somebody comes to an address and goes on by keyboard; a stranger has a browser of their own."""
    strangers, pages = [], []

    def to(who: str, address: str) -> Walk:
        if not who:
            strangers.append(context_of(browser, base_url=site.url))
        pages.append((person(who) if who else strangers[-1]).new_page())
        walk = Walk(pages[-1], watch(pages[-1]), known)
        walk.page.goto(address)
        walk.look()
        return walk

    yield to
    for opened in (*pages, *strangers):
        opened.close()


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "320"])
def walker(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Site,
    watch: Callable[[Page], Eyes],
    known: set[str],
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Counted]:
    """Somebody who has not signed in yet, by keyboard in one window; what the way cost is printed."""
    context, count = context_of(browser, base_url=site.url), Count()
    page = context.new_page()
    page.set_viewport_size(request.param)
    yield Counted(page, watch(page), known, count)
    context.close()
    with capsys.disabled():
        print(f"\n{request.node.name}: {count}")  # noqa: T201 - to be compared


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    """What the site's processes wrote is shown with a failure."""
    outcome: Any = yield
    report = outcome.get_result()
    of_test = getattr(item, "funcargs", {})
    site = of_test.get("site") or of_test.get("installed")
    if report.failed and site is not None and site.log.exists():
        report.sections.append(("the site's log", site.last_words()))
