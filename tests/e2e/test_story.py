"""The story that the platform exists for, by keyboard alone (REG §1.3, §1.5)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kooperacja.ui.polish import pl_date
from tests.e2e import story
from tests.e2e.browser import Eyes, context_of
from tests.e2e.keyboard import Keyboard
from tests.e2e.site import Site
from tests.e2e.totp import Phone
from tests.factories import accounts
from tests.factories import people as make

GMINA, TILE = "Strzeleczki", "#kafel-160503"
PLACE = "/gmina/strzeleczki/"
ADMIN, LEAD, PARTNER = "oliwia@example.pl", "lidia@example.pl", "pup@example.pl"
INSTITUTION = "Powiatowy Urząd Pracy w Krapkowicach"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "deklaracja-pup.pdf"
    file.write_bytes(make.pdf_bytes())
    return file


@pytest.fixture
def sit_down(browser: Browser, site: Site, watch: Callable[[Page], Eyes]) -> Any:
    """Somebody at a computer of their own, at an address."""
    contexts = []

    def at(address: str) -> tuple[Keyboard, Eyes]:
        contexts.append(context_of(browser, base_url=site.url))
        page = contexts[-1].new_page()
        page.goto(address)
        return Keyboard(page), watch(page)

    yield at
    for context in contexts:
        context.close()


def test_from_an_opened_gmina_to_a_partner_who_sees_two(
    sit_down: Any, site: Site, pdf: Path
) -> None:
    region, _ = sit_down("/konto/zaloguj/")
    open_gmina(region)
    region.page.goto("/region/?etap=nie-zaczely")
    tile = region.page.locator(TILE)
    expect(tile).to_contain_text(GMINA)
    region.page.goto("/region/")
    expect(tile).to_have_count(0)  # it stands among those that have not begun

    administrator, eyes = sit_down("/")
    appoint_lead(administrator, eyes, site.link_mailed_to(ADMIN))
    office, eyes = sit_down("/")
    come_in(office, eyes, site.link_mailed_to(LEAD))
    story.adopt_regulation(office, eyes)
    story.enter_institution(office, INSTITUTION, make.regon(77))
    story.declare(office, PARTNER, timezone.localdate(), pdf)
    expect(office.page.get_by_role("status").first).to_contain_text("Złożono deklarację")
    accept(office)
    # By itself; that it is soon is measured by `make bench` (figures_fresh).
    expect(tile).to_contain_text("1 kooperant")
    see_the_admission(office)

    partner, _ = sit_down(site.link_mailed_to(PARTNER))
    see_two_gminas(partner)


def open_gmina(keys: Keyboard) -> None:
    story.sign_in(keys, "rops@example.pl", accounts.PASSWORD, Phone(accounts.SEED))
    keys.follow("Panel województwa")
    keys.follow("Jednostki")
    keys.fill("Nazwa albo kod TERYT", GMINA)
    keys.send("Pokaż")
    keys.follow(GMINA, exact=False)
    keys.follow("Otwórz")
    keys.fill("Imię i nazwisko", "Oliwia Ośrodkowa")
    keys.fill("Adres e-mail", ADMIN)
    keys.send("Otwórz")
    # The page itself asks how far the opening is.
    expect(keys.page.get_by_text("Otwarta od")).to_be_visible()


def appoint_lead(keys: Keyboard, eyes: Eyes, link: str) -> None:
    """The first administrator invites who represents the Lider: nobody appoints themselves."""
    come_in(keys, eyes, link)
    keys.follow("Zaproś osobę, która reprezentuje Lidera")
    keys.fill("Imię i nazwisko", "Lidia Liderska")
    keys.fill("Służbowy adres e-mail", LEAD)
    keys.pick("Rola", "osoba reprezentująca Lidera")
    keys.fill("Podstawa umocowania", "powołanie nr 7 z 2 stycznia 2026 r.")
    keys.send("Nadaj rolę i zaproś")
    expect(keys.page.get_by_role("status").first).to_contain_text(
        "nadano rolę „osoba reprezentująca Lidera”"
    )


def come_in(keys: Keyboard, eyes: Eyes, link: str) -> None:
    story.join(keys, link)
    story.set_up_codes(keys)
    assert keys.page.locator("main li code").count() == 10
    assert eyes.examine("kody_zapasowe") == []
    keys.follow("Kody są zapisane, dalej")
    assert keys.page.url.endswith(PLACE)


def accept(keys: Keyboard) -> None:
    """Accept the declaration on whose page one is."""
    keys.follow("Przyjmij do Partnerstwa")
    keys.send("Przyjmij do Partnerstwa")


def see_the_admission(keys: Keyboard) -> None:
    said = f"przyjęto do Partnerstwa w dniu {pl_date(timezone.localdate())}"
    expect(keys.page.locator("main").get_by_text(said).first).to_be_visible()
    expect(
        keys.page.get_by_role("link", name="Deklaracja z adnotacją Lidera (PDF)")
    ).to_be_visible()
    keys.follow("Partnerstwo")
    keys.follow("Członkowie")
    row = keys.page.get_by_role("row", name=INSTITUTION)
    expect(row).to_contain_text(pl_date(timezone.localdate()))


def see_two_gminas(keys: Keyboard) -> None:
    keys.follow("Zaloguj się")
    story.sign_in(keys, PARTNER, accounts.PASSWORD)
    keys.send("Przyjmij zaproszenie")
    expect(keys.page.get_by_role("heading", name="Twoja instytucja")).to_be_visible()
    expect(keys.page.locator("main")).to_contain_text(INSTITUTION)
    keys.follow("Moje sprawy")
    places = keys.page.get_by_role("region", name="Gdzie pracujesz")
    expect(places.get_by_role("link")).to_have_count(2)
    keys.page.reload()
    waiting = keys.page.get_by_role("region", name="Powiadomienia")
    expect(waiting.get_by_role("link", name=INSTITUTION)).to_be_visible()
    keys.follow(f"Witamy w Partnerstwie: {INSTITUTION}")
    assert PLACE in keys.page.url
