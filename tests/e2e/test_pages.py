"""Every page in every state, wide and narrow, also when its form is sent empty.

Looked at by the visitor who sees most of it; by another only if something on it is new.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from tenants.registry.roles import Role
from tests import declared
from tests.declared import SharedPage, apps
from tests.e2e.browser import Eyes
from tests.e2e.shape import Shape
from tests.e2e.site import Site
from tests.place import OF_KOOPERANT, OFFICE

STRANGER = ""
# Who asks for pages of the gmina Gogolin, by the letters of `tests/declared.py`.
IN_GMINA = {**OFFICE, **OF_KOOPERANT, "Z": Role.APPLICANT, "l": "LEAVER"}
IN_GMINA |= {"G": Role.DELEGATE, "x": "NEWCOMER", "-": STRANGER}
AT_ROOT = (
    Role.ROPS_COORDINATOR,
    Role.LEAD,
    Role.PARTNER_COORDINATOR,
    "NEWCOMER",
    "NO_FACTOR",
    STRANGER,
)
# Empties what must be filled in; how many fields that were.
_EMPTY = """form => [...form.querySelectorAll('.k-field')].filter(field => {
  if (!field.querySelector('.k-required')) return false;
  const one = field.querySelector('input, select, textarea');
  if (one.type === 'radio') return false;
  if (one.type === 'checkbox') one.checked = false; else one.value = '';
  return one.type === 'checkbox' || one.value === '';
}).length"""
AnyPage = declared.Page | SharedPage


def _seen(kind: type[AnyPage]) -> list[object]:
    return [
        pytest.param(page, id=f"{app.name}-{page.name}")
        for app in apps().values()
        for page in app.of(kind)
        if page.ways
    ]


def test_nothing_wrong_goes_unseen(person: Callable[[str], BrowserContext]) -> None:
    page = person("").new_page()
    page.goto("/konto/zaloguj/")
    eyes = Eyes(page)
    assert eyes.examine("login") == []
    page.locator("h1").evaluate(
        """one => { one.style.width = '400px'; one.style.color = '#999';
        one.insertAdjacentHTML('afterend', '<img src="/static/ui/mark.svg">');
        document.querySelector('main').before(document.getElementById('komunikaty')); }"""
    )
    found = "\n".join(eyes.examine("login.broken"))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "320 px, sticks out: <h1" in found
    assert "the heading ends at" in found
    page.evaluate("() => console.error('boom')")
    with pytest.raises(AssertionError, match="boom"):
        eyes.calm()
    page.close()


def test_a_long_word_does_not_leave_its_message(person: Callable[[str], BrowserContext]) -> None:
    page = person("").new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/konto/zaloguj/")
    page.locator("#komunikaty").evaluate(
        """one => { one.innerHTML = '<div class="k-notice k-notice-ok"><svg class="k-shape"></svg><p>'
        + 'Wpisano: ' + 'a'.repeat(300) + '</p></div>'; }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


@pytest.mark.parametrize("page", _seen(declared.Page))
def test_page_of_a_tenant(page: declared.Page, look: "Look") -> None:
    gmina, city = settings.TENANT_URLCONFS["GMINA"], settings.TENANT_URLCONFS["CITY"]
    for way in page.ways:
        visits = [look.visit(who, page, way, gmina, "/gmina/gogolin") for who in _askers(page)]
        if not way.partition("?")[0]:
            visits.append(look.visit("FIRST_ADMIN", page, way, city, "/gmina/opole"))
        look.at(page, visits)
    look.judge(page)


def _askers(page: declared.Page) -> list[str]:
    """Who is not refused, and one of the others; the matrix knows that they all are."""
    answers = dict(zip(declared.VISITORS, page.answers, strict=True))
    refused = [letter for letter in IN_GMINA if answers[letter] in "dr"]
    one = refused[len(page.name) % len(refused)] if refused else ""
    return [who for letter, who in IN_GMINA.items() if letter not in refused or letter == one]


@pytest.mark.parametrize("page", _seen(SharedPage))
def test_page_of_the_shared_plane(page: SharedPage, look: "Look") -> None:
    for way in page.ways:
        look.at(page, [look.visit(who, page, way, settings.ROOT_URLCONF) for who in AT_ROOT])
    look.judge(page)


@dataclass
class Visit:
    """What somebody was answered."""

    who: str
    way: str
    url: str
    status: int
    html: str

    @property
    def parts(self) -> set[str]:
        return self.shape.parts

    def __post_init__(self) -> None:
        self.shape = Shape(self.html)


@dataclass
class Look:
    """Opens pages as people, and looks at whatever nobody has looked at yet."""

    site: Site
    person: Callable[[str], BrowserContext]
    known: set[str]  # parts of pages that were looked at
    tabs: dict[str, Eyes]
    wrong: list[str] = field(default_factory=list)
    is_opened: bool = False

    def visit(self, who: str, page: AnyPage, way: str, urlconf: str, prefix: str = "") -> Visit:
        """Without a browser; whoever is led elsewhere sees nothing here."""
        row, _, query = way.partition("?")
        args = self.site.facts["rows"].get(row, [row] if row else [])
        url = prefix + reverse(page.name, urlconf=urlconf, args=args)
        url = f"{url}?{query}" if query else url
        status, kind, html = self._ask(who, url)
        assert status < 500, f"{who} {url}: {status}"
        if status in range(300, 400):
            return Visit(who, way, url, status, "")
        assert kind.startswith("text/html"), url
        visit = Visit(who, way, url, status, html)
        assert visit.shape.repeated_ids == [], f"{who} {url}"
        return visit

    def _ask(self, who: str, url: str) -> tuple[int, str, str]:
        key = self.site.facts["sessions"].get(who)
        connection = HTTPConnection(urlsplit(self.site.url).netloc, timeout=60)
        connection.request("GET", url, headers={"Cookie": f"sessionid={key}"} if key else {})
        answer = connection.getresponse()
        html = answer.read().decode()
        connection.close()
        return answer.status, answer.headers.get("Content-Type", ""), html

    def at(self, page: AnyPage, visits: list[Visit]) -> None:
        """Whoever sees most looks; another at what was on no page looked at before."""
        answered = [visit for visit in visits if visit.html]
        opened = [visit for visit in answered if visit.status < 400 or "forged" in visit.way]
        self.is_opened |= bool(opened)
        for visit in sorted(opened, key=lambda one: -len(one.parts))[:1]:
            self._examine(page, visit)
        for visit in sorted(answered, key=lambda one: -len(one.parts)):
            if visit.parts - self.known:
                self._examine(page, visit)

    def judge(self, page: AnyPage) -> None:
        assert self.wrong == [], "\n\n".join(self.wrong)
        assert self.is_opened, f"nobody could open {page.name}"

    def _examine(self, page: AnyPage, visit: Visit) -> None:
        # One tab a person: to open another costs as much as to look at a page.
        if visit.who not in self.tabs:
            self.tabs[visit.who] = Eyes(self.person(visit.who).new_page())
        eyes = self.tabs[visit.who]
        name = f"{page.name}.{visit.way}.{visit.who or 'STRANGER'}.{visit.status}"
        eyes.page.goto(visit.url)
        self.known |= visit.parts
        self.wrong += [f"{visit.who} {visit.url}: {one}" for one in eyes.examine(name)]
        if send_empty(eyes.page):
            self._examine_errors(eyes, page, visit, f"{name}.empty")
        eyes.calm()

    def _examine_errors(self, eyes: Eyes, page: AnyPage, visit: Visit, name: str) -> None:
        expect(eyes.page.locator(".k-error-summary")).to_be_focused()
        assert eyes.page.title().startswith("Błąd: "), visit.url
        # Once for each page, and again where another way or person makes it another.
        parts = {f"errors of {page.name}", *Shape(eyes.page.content()).parts}
        if parts - self.known:
            self.known |= parts
            found = eyes.examine(name)
            self.wrong += [f"{visit.who} {visit.url}, empty: {one}" for one in found]


@pytest.fixture(scope="module")
def seen() -> set[str]:
    return set()


@pytest.fixture(scope="module")
def tabs(person: Callable[[str], BrowserContext]) -> Iterator[dict[str, Eyes]]:
    opened: dict[str, Eyes] = {}
    yield opened
    for eyes in opened.values():
        eyes.page.close()


@pytest.fixture
def look(
    person: Callable[[str], BrowserContext], site: Site, seen: set[str], tabs: dict[str, Eyes]
) -> Look:
    return Look(site, person, seen, tabs)


def send_empty(page: Page) -> bool:
    """Send the page's form without what it needs; False where it needs nothing."""
    form = page.locator("main form.k-form[method=post]:visible").first
    if not form.count() or not form.evaluate(_EMPTY):
        return False
    with page.expect_navigation():
        form.evaluate("form => form.requestSubmit()")
    return True
