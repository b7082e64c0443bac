"""From an empty directory to the first accepted member, by keyboard alone, each page looked at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kooperacja.ui.polish import pl_date
from tests.e2e import story
from tests.e2e.browser import Eyes, context_of
from tests.e2e.installed import Installed
from tests.e2e.walk import Count, Counted
from tests.factories import people as make
from tests.tenants.registry.test_first_member import register

COORDINATOR, ADMINISTRATOR, LEAD = "ewa@rops.example", "adam@ops.example", "lidia@ops.example"
PARTNER, INSTITUTION = "piotr@pup.example", "Powiatowy Urząd Pracy w Strzeleczkach"
GMINA = "Strzeleczki"
# From the administrator's first page to the first accepted member; fewer is better.
CLICKS = 45

SitDown = Callable[[str, Count], Counted]


@pytest.fixture(scope="module")
def installed(browser: Browser) -> Iterator[Installed]:
    installed = Installed()
    try:
        yield installed
    finally:
        installed.stop()


@pytest.fixture
def sit_down(
    browser: Browser, installed: Installed, watch: Callable[[Page], Eyes], known: set[str]
) -> Iterator[SitDown]:
    """Somebody at a computer of their own, at an address."""
    contexts: list[BrowserContext] = []

    def at(address: str, count: Count) -> Counted:
        contexts.append(context_of(browser, base_url=installed.url))
        page = contexts[-1].new_page()
        walk = Counted(page, watch(page), known, count)
        page.goto(address)
        walk.look()
        return walk

    yield at
    for context in contexts:
        context.close()


def test_from_an_empty_directory_to_the_first_member(
    sit_down: SitDown, installed: Installed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    region, unit = Count(), Count()
    found_region(sit_down, installed.first_run(), region)
    coordinator = sit_down(installed.link_mailed_to(COORDINATOR), region)
    come_in(coordinator)
    import_register(coordinator, tmp_path / "TERC_Urzedowy.csv")
    open_gmina(coordinator)

    administrator = sit_down(installed.link_mailed_to(ADMINISTRATOR), unit)
    come_in(administrator)
    appoint_lead(administrator)
    lead = sit_down(installed.link_mailed_to(LEAD), unit)
    come_in(lead)
    make_first_member(lead, tmp_path / "deklaracja.pdf")

    with capsys.disabled():
        print(f"\nThe region: {region}. The unit: {unit}.")  # noqa: T201 - to be compared
    assert unit.clicks <= CLICKS, unit


def found_region(sit_down: SitDown, link: str, count: Count) -> None:
    """The front door says what to do; the link does it, once."""
    stranger = sit_down("/", count)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text(
        "Tu nie założono jeszcze województwa"
    )
    operator = sit_down(link, count)
    operator.choose("Województwo", "lubuskie")
    operator.fill("Pełna nazwa ROPS", "Regionalny Ośrodek Polityki Społecznej w Zielonej Górze")
    operator.fill("Imię i nazwisko koordynatora", "Ewa Wojewódzka")
    operator.fill("Adres e-mail koordynatora", COORDINATOR)
    operator.send("Załóż województwo i wyślij zaproszenie")
    expect(operator.page.locator("main")).to_contain_text(COORDINATOR)
    assert sit_down(link, count).page.title().startswith("Ten adres nie jest już ważny")


def come_in(person: Counted) -> None:
    """From the invitation through the account and the second factor to the first page."""
    person.fill("Hasło", story.PASSWORD)
    person.fill("Hasło jeszcze raz", story.PASSWORD)
    person.send("Załóż konto i przyjmij zaproszenie")
    story.set_up_codes(person)
    person.follow("Kody są zapisane, dalej")


def import_register(coordinator: Counted, file: Path) -> None:
    file.write_bytes(register(GMINA).read())
    coordinator.follow("Wczytaj rejestr TERC")
    coordinator.attach("Plik TERC (ZIP, CSV albo XML)", file)
    coordinator.send("Pokaż zmiany")
    coordinator.send("Wczytaj")
    expect(coordinator.page.get_by_role("status").first).to_contain_text("nowych 29")


def open_gmina(coordinator: Counted) -> None:
    coordinator.fill("Nazwa albo kod TERYT", GMINA)
    coordinator.send("Pokaż")
    coordinator.follow(GMINA, exact=False)
    coordinator.follow("Otwórz")
    coordinator.fill("Imię i nazwisko", "Adam Ośrodkowy")
    coordinator.fill("Adres e-mail", ADMINISTRATOR)
    coordinator.send("Otwórz")
    # The page itself asks how far the opening is.
    expect(coordinator.page.get_by_text("Otwarta od")).to_be_visible()
    coordinator.follow("Zarządzanie")
    coordinator.follow("Koordynatorzy ROPS")
    expect(coordinator.page.locator("main")).to_contain_text(COORDINATOR)


def appoint_lead(administrator: Counted) -> None:
    """Nobody appoints themselves."""
    administrator.follow("Zaproś osobę, która reprezentuje Lidera", exact=False)
    administrator.fill("Imię i nazwisko", "Lidia Liderska")
    administrator.fill("Służbowy adres e-mail", LEAD)
    administrator.pick("Rola", "osoba reprezentująca Lidera")
    administrator.fill("Podstawa umocowania", "powołanie nr 7 z 2 stycznia 2026 r.")
    administrator.send("Nadaj rolę i zaproś")


def make_first_member(lead: Counted, declaration: Path) -> None:
    story.adopt_regulation(lead, lead.eyes)
    story.enter_institution(lead, INSTITUTION, make.regon(77))
    declaration.write_bytes(make.pdf_bytes())
    story.declare(lead, PARTNER, timezone.localdate(), declaration)
    lead.follow("Przyjmij do Partnerstwa")
    lead.send("Przyjmij do Partnerstwa")
    said = f"przyjęto do Partnerstwa w dniu {pl_date(timezone.localdate())}"
    expect(lead.page.locator("main").get_by_text(said).first).to_be_visible()
