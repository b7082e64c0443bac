"""Every page of every role, wide and narrow, also when its form is sent empty."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser import Eyes, shape_of
from tests.e2e.pages import AT_ROOT, IN_GMINA, ROOT_PAGES, TENANT_PAGES, Seen, Table, names_of
from tests.e2e.site import Site

# Empties what must be filled in; how many fields that were.
_EMPTY = """form => [...form.querySelectorAll('.k-field')].filter(field => {
  if (!field.querySelector('.k-required')) return false;
  const one = field.querySelector('input, select, textarea');
  if (one.type === 'radio') return false;
  if (one.type === 'checkbox') one.checked = false; else one.value = '';
  return one.type === 'checkbox' || one.value === '';
}).length"""
_known: set[str] = set()


def _pages(table: Table) -> list[str]:
    return [name for name, ways in table.items() if not isinstance(ways, str)]


def test_every_address_is_listed() -> None:
    assert set(names_of(get_resolver(settings.ROOT_URLCONF).url_patterns)) == set(ROOT_PAGES)
    for urlconf in settings.TENANT_URLCONFS.values():
        assert set(names_of(get_resolver(urlconf).url_patterns)) == set(TENANT_PAGES), urlconf


def test_nothing_wrong_goes_unseen(person: Callable[[str], BrowserContext]) -> None:
    page = person("").new_page()
    page.goto("/konto/zaloguj/")
    eyes = Eyes(page)
    assert eyes.examine("login") == []
    page.locator("h1").evaluate(
        """one => { one.style.width = '400px'; one.style.color = '#999';
        one.insertAdjacentHTML('afterend', '<img src="/static/ui/mark.svg">'); }"""
    )
    found = "\n".join(eyes.examine("login.broken"))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "320 px, sticks out: <h1" in found
    page.evaluate("() => console.error('boom')")
    with pytest.raises(AssertionError, match="boom"):
        eyes.calm()
    page.close()


@pytest.mark.parametrize("name", _pages(TENANT_PAGES))
def test_page_of_a_tenant(name: str, look: "Look") -> None:
    for way in TENANT_PAGES[name]:
        assert isinstance(way, Seen)
        for who in IN_GMINA:
            look.at(name, who, way, "/gmina/gogolin", settings.TENANT_URLCONFS["GMINA"])
        if not way.args:
            look.at(name, "FIRST_ADMIN", way, "/gmina/opole", settings.TENANT_URLCONFS["CITY"])
    look.judge(name)


@pytest.mark.parametrize("name", _pages(ROOT_PAGES))
def test_page_of_the_shared_plane(name: str, look: "Look") -> None:
    for way in ROOT_PAGES[name]:
        assert isinstance(way, Seen)
        for who in AT_ROOT:
            look.at(name, who, way, "", settings.ROOT_URLCONF)
    look.judge(name)


class Look:
    """Opens pages as people, each shape of a page once, and collects what is wrong."""

    def __init__(
        self, person: Callable[[str], BrowserContext], site: Site, tabs: dict[str, Eyes]
    ) -> None:
        self._person, self._site, self._tabs = person, site, tabs
        self._wrong: list[str] = []
        self._opened = 0

    def at(self, name: str, who: str, way: Seen, prefix: str, urlconf: str) -> None:
        url = self._address(name, way, prefix, urlconf)
        # The server may close an idle connection just as it is used again.
        answer = self._person(who).request.get(url, max_redirects=0, max_retries=2)
        assert answer.status < 500, f"{who} {url}: {answer.status}"
        if answer.status in range(300, 400):
            return
        assert answer.headers["content-type"].startswith("text/html"), url
        shape = shape_of(answer.text())
        # Refusals look the same wherever they are met.
        key = shape if answer.status >= 400 else f"{name} {shape}"
        self._opened += answer.status < 400 or "forged" in url
        if key not in _known:
            _known.add(key)
            said = "-".join([*way.args.values(), way.query, way.path])
            self._examine(url, f"{name}.{said}.{who or 'STRANGER'}.{answer.status}", who)

    def judge(self, name: str) -> None:
        assert self._wrong == [], "\n\n".join(self._wrong)
        assert self._opened, f"nobody could open {name}"

    def _address(self, name: str, way: Seen, prefix: str, urlconf: str) -> str:
        facts = self._site.facts
        if way.path:
            return str(facts["urls"][way.path])
        args = {key: facts.get(value, value) for key, value in way.args.items()}
        path = reverse(name, urlconf=urlconf, kwargs=args)
        return f"{prefix}{path}?{way.query}" if way.query else prefix + path

    def _examine(self, url: str, name: str, who: str) -> None:
        # One tab a person: to open another costs as much as to look at a page.
        if who not in self._tabs:
            self._tabs[who] = Eyes(self._person(who).new_page())
        eyes, page = self._tabs[who], self._tabs[who].page
        page.goto(url)
        self._wrong += [f"{who} {url}: {one}" for one in eyes.examine(name)]
        if send_empty(page):
            expect(page.locator(".k-error-summary")).to_be_focused()
            assert page.title().startswith("Błąd: "), url
            self._wrong += [f"{who} {url}, empty: {one}" for one in eyes.examine(f"{name}.empty")]
        eyes.calm()


@pytest.fixture(scope="module")
def tabs(person: Callable[[str], BrowserContext]) -> Iterator[dict[str, Eyes]]:
    opened: dict[str, Eyes] = {}
    yield opened
    for eyes in opened.values():
        eyes.page.close()


@pytest.fixture
def look(person: Callable[[str], BrowserContext], site: Site, tabs: dict[str, Eyes]) -> Look:
    return Look(person, site, tabs)


def send_empty(page: Page) -> bool:
    """Send the page's form without what it needs; False where it needs nothing."""
    form = page.locator("main form.k-form[method=post]:visible").first
    if not form.count() or not form.evaluate(_EMPTY):
        return False
    with page.expect_navigation():
        form.evaluate("form => form.requestSubmit()")
    return True
