"""A session ends while somebody writes: what was written is there again after signing in."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e import story
from tests.e2e.browser import Eyes, context_of
from tests.e2e.keyboard import Keyboard
from tests.e2e.site import Site
from tests.e2e.totp import Phone
from tests.factories import accounts

TYPED = "Świetlica, dyżury psychologa i wyjazdy dla dzieci"
FIELD = "Kompetencje"


@pytest.fixture(params=["writer", "plain_writer"])
def context(
    request: pytest.FixtureRequest, browser: Browser, site: Site
) -> Iterator[BrowserContext]:
    """The browser of an officer of the network, with JavaScript and without."""
    is_plain = request.param == "plain_writer"
    opened = context_of(browser, base_url=site.url, java_script_enabled=not is_plain)
    yield opened
    opened.close()


def _sign_in(page: Page, address: str, phone: Phone) -> None:
    story.sign_in(Keyboard(page), address, accounts.PASSWORD, None)
    Keyboard(page).fill("Kod", phone.code())
    Keyboard(page).send("Dalej")


def test_text_is_back_when_the_session_ended_before_saving(
    context: BrowserContext,
    site: Site,
    watch: Callable[[Page], Eyes],
    request: pytest.FixtureRequest,
) -> None:
    who = request.node.callspec.params["context"]
    page, phone = context.new_page(), Phone(accounts.SEED)
    eyes, keys = watch(page), Keyboard(page)
    (institution,) = site.facts["rows"]["member"]
    form = f"/gmina/gogolin/partnerstwo/instytucje/{institution}/profil/"
    page.goto(form)
    _sign_in(page, site.facts["addresses"][who], phone)
    before = page.get_by_label(FIELD).input_value()
    keys.fill(FIELD, TYPED)
    if who == "writer":
        expect(page.locator(".k-draft-status")).to_contain_text("Zapisano szkic o ")
        assert eyes.examine("profile.typed") == []
    context.clear_cookies(name="sessionid")
    keys.send("Zapisz")
    said = page.get_by_role("status").first
    expect(said).to_contain_text("To, co wpisano, zachowaliśmy; po zalogowaniu wróci")

    _sign_in(page, site.facts["addresses"][who], phone)
    expect(page.get_by_label(FIELD)).to_have_value(TYPED)
    expect(page.locator(".k-draft")).to_contain_text("Przywróciliśmy to, co pisano tu")
    if who == "writer":
        assert eyes.examine("profile.draft") == []
    keys.send("Odrzuć szkic")
    expect(page.get_by_label(FIELD)).to_have_value(before)
    expect(page.locator(".k-draft")).to_have_count(0)
