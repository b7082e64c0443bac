"""Going back and repeating: the next person at a shared computer, and a page that is reloaded."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.e2e.browser import ARGS, chromium_path, context_of
from tests.e2e.site import Site
from tests.waiting import until

PAGES = ("/konto/profil/", "/gmina/gogolin/", "/gmina/gogolin/deklaracja-dostepnosci/")
SIGN_IN = re.compile(r"/konto/zaloguj/")
KEYS = "/konto/klucze-api/"
_TEXT = """() => !window.isLeft && document.readyState === 'complete'
  && document.body.innerText || ''"""


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Of a browser as people have it: Back shows the page as it was left, unless it may not."""
    kept = browser.browser_type.launch(
        executable_path=chromium_path(),
        args=ARGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context = context_of(kept, base_url=site.url)
    key = site.facts["sessions"]["leaving"]
    context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
    yield context.new_page()
    kept.close()


def _back(page: Page) -> str:
    """What is read after one step back."""
    page.evaluate("() => { window.isLeft = true; setTimeout(() => history.back(), 10); }")
    return until(lambda: _read(page))


def _read(page: Page) -> str:
    """The text of the page one has come to; "" while one is on the way."""
    with suppress(Error):
        return str(page.evaluate(_TEXT))
    return ""


def test_a_page_that_may_be_kept_is_shown_by_back_as_it_was_left(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/konto/haslo/odzyskaj/")
    page.evaluate("() => document.querySelector('h1').append(' jak było')")
    page.goto("/konto/zaloguj/")
    assert "jak było" in _back(page)


def test_a_reload_makes_no_second_key_and_back_shows_nothing_after_signing_out(page: Page) -> None:
    page.goto(f"{KEYS}nowy/")
    page.get_by_label("Nazwa").fill("Arkusz raz")
    page.get_by_label("Do czego daje dostęp").select_option(index=1)
    page.get_by_role("button", name="Utwórz klucz").click()
    key = page.locator("main code").inner_text()
    assert key.startswith("koop_")
    page.reload()  # the browser sends the form again
    expect(page).to_have_url(re.compile(f"{KEYS}$"))
    expect(page.locator("main strong", has_text="Arkusz raz")).to_have_count(1)
    assert key not in page.content()
    who = page.locator(".k-who strong").inner_text()
    for path in PAGES:
        page.goto(path)
        expect(page.locator(".k-who strong")).to_have_text(who)
    page.goto("/konto/wyloguj/")
    page.get_by_role("button", name="Wyloguj się").click()
    expect(page).to_have_url(SIGN_IN)
    # Through the question, the pages, the keys and the form that was sent.
    for _ in range(3 + len(PAGES)):
        seen = _back(page)
        assert who not in seen
        assert "koop_" not in seen
        assert "Arkusz raz" not in seen
