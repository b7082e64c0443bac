"""The accession of a partner where JavaScript is turned off: every step is a plain form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from kooperacja.ui.polish import pl_date
from tenants.registry.roles import Role
from tests.e2e import story
from tests.e2e.browser import context_of
from tests.e2e.keyboard import Keyboard
from tests.e2e.site import Site
from tests.factories import people as make

INSTITUTION = "Ochotniczy Hufiec Pracy w Strzelcach"


@pytest.fixture
def keys(browser: Browser, site: Site) -> Iterator[Keyboard]:
    """The Lider of Gogolin."""
    context = context_of(browser, base_url=site.url, java_script_enabled=False)
    session = site.facts["sessions"][Role.LEAD]
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    page = context.new_page()
    page.goto("/gmina/gogolin/")
    yield Keyboard(page)
    context.close()


def test_partner_is_admitted(keys: Keyboard, tmp_path: Path) -> None:
    pdf = tmp_path / "deklaracja.pdf"
    pdf.write_bytes(make.pdf_bytes())
    assert not keys.page.evaluate("() => 'htmx' in window")
    story.enter_institution(keys, INSTITUTION, make.regon(7002))
    story.declare(keys, "ohp@example.pl", timezone.localdate(), pdf)
    keys.follow("Przyjmij do Partnerstwa")
    keys.send("Przyjmij do Partnerstwa")
    said = f"przyjęto do Partnerstwa w dniu {pl_date(timezone.localdate())}"
    expect(keys.page.locator("main").get_by_text(said).first).to_be_visible()
    keys.follow("Partnerstwo")
    keys.follow("Członkowie")
    expect(keys.page.get_by_role("row", name=INSTITUTION)).to_be_visible()
