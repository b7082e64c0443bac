"""A service from its draft to the basket and its yearly confirmation, by keyboard (REG §3)."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tenants.registry.roles import Role
from tests.e2e.browser import Eyes, context_of
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site

Come = Callable[[str, str], Walk]
PLACE = "/gmina/gogolin/"
NAME = "Warsztaty kulinarne dla seniorów"


def test_a_coordinator_offers_and_the_lider_takes_it_in(come: Come, tmp_path: Path) -> None:
    """To an edition that the Lider issues, and to the list that a worker prints for a family."""
    coordinator = come(Role.PARTNER_COORDINATOR, PLACE)
    describe(coordinator)
    service = coordinator.page.url
    lead = come(Role.LEAD, service)
    send_back(lead)
    coordinator.page.goto(service)
    mend(coordinator)
    lead.page.goto(service)
    lead.follow("Przyjmij do koszyka")
    lead.send("Przyjmij do koszyka")
    said(lead, "Przyjęto do koszyka.")
    issue(lead, tmp_path / "wydanie.pdf")
    worker = come(Role.PARTNER_WORKER, PLACE)
    find(worker)
    pick_for_a_family(worker, tmp_path / "lista.pdf")
    coordinator.page.goto(service)
    tell_of_a_break(coordinator)


def said(walk: Walk, words: str) -> None:
    expect(walk.page.get_by_role("status").first).to_contain_text(words)


def shown(walk: Walk, words: str) -> None:
    expect(walk.page.locator("main")).to_contain_text(words)


def describe(walk: Walk) -> None:
    """From the first page; hours that nobody can read are said beside their day."""
    walk.follow("Koszyk usług")
    walk.follow("Karty usług")
    walk.page.locator("main tbody a").first.press("Enter")
    walk.page.wait_for_url(re.compile(r"/karty/[0-9a-f-]{36}/$"))
    walk.follow("Dodaj usługę")
    walk.fill("Nazwa usługi", NAME)
    walk.choose("Rodzaj", "klub seniora")
    walk.fill("Na czym polega", "Wspólne gotowanie i rozmowy.")
    walk.tick("osoby starsze")
    walk.tick("na miejscu")
    walk.fill("Jak skorzystać", "Przyjdź we wtorek.")
    walk.choose("Koszt", "bezpłatnie")
    walk.fill("Wtorek", "po obiedzie")
    walk.fill("Miejscowość", "Gogolin")
    walk.fill("Telefon", "774000003")
    walk.send("Zapisz szkic")
    expect(walk.page.get_by_role("alert")).to_contain_text("Nie rozumiem godzin")
    walk.fill("Wtorek", "14-16")
    walk.send("Zapisz szkic")
    said(walk, "Zapisano szkic")
    hand_in(walk)


def hand_in(walk: Walk) -> None:
    walk.follow("Przekaż Liderowi")
    walk.send("Przekaż Liderowi")
    said(walk, "Przekazano Liderowi.")


def send_back(walk: Walk) -> None:
    walk.follow("Zwróć do poprawy")
    walk.fill("Co poprawić", "Napisz, czy trzeba się zapisać.")
    walk.send("Zwróć do poprawy")
    said(walk, "Zwrócono do poprawy.")


def mend(walk: Walk) -> None:
    shown(walk, "Co poprawić: Napisz, czy trzeba się zapisać.")
    walk.follow("Zmień opis")
    walk.fill("Jak skorzystać", "Przyjdź we wtorek, nie trzeba się zapisywać.")
    walk.send("Zapisz")
    hand_in(walk)


def find(walk: Walk) -> None:
    """By a word that stands in no name, only among the words for its type."""
    walk.follow("Koszyk usług")
    walk.fill("Szukaj", "emeryci")
    walk.send("Szukaj")
    walk.follow(NAME)
    shown(walk, "wtorek 14:00–16:00")


def issue(walk: Walk, kept: Path) -> None:
    walk.follow("Koszyk usług")
    walk.follow("Wydania koszyka")
    walk.follow("Wydaj koszyk")
    walk.send("Wydaj koszyk")
    said(walk, "Wydano koszyk")
    shown(walk, NAME)
    opened(walk, "Pobierz (PDF)", kept)


def pick_for_a_family(walk: Walk, kept: Path) -> None:
    """On paper stands the list alone, without the ways to change it."""
    walk.follow("Koszyk usług")
    walk.follow("Listy dla rodzin")
    walk.follow("Nowa lista")
    walk.fill("Szukaj", "emeryci")
    walk.send("Szukaj")
    walk.tick(NAME)
    walk.send("Zrób listę")
    said(walk, "Zapisano listę.")
    walk.page.emulate_media(media="print")
    expect(walk.page.get_by_role("heading", name=re.compile(NAME))).to_be_visible()
    expect(walk.page.get_by_role("link", name="Dodaj usługi")).to_be_hidden()
    walk.page.emulate_media(media="screen")
    opened(walk, "Pobierz do druku (PDF)", kept)


def opened(walk: Walk, link: str, kept: Path) -> None:
    """The file is a paper on which the service stands."""
    walk.download(link, kept)
    pages = pypdfium2.PdfDocument(kept)
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert NAME in " ".join(words.split())


def tell_of_a_break(walk: Walk) -> None:
    walk.follow("Zgłoś przerwę")
    walk.fill("Powód", "remont kuchni")
    walk.send("Zapisz przerwę")
    shown(walk, "Czasowo nieczynna: remont kuchni.")


def test_a_browser_that_opens_the_link_of_a_mail_confirms_nothing_by_itself(
    browser: Browser, site: Site, watch: Callable[[Page], Eyes]
) -> None:
    (token,) = site.facts["rows"]["check_link"]
    opened = f"{PLACE}koszyk/odpowiedz/{token}/"
    asks = "Czy opisy usług są prawdziwe?"
    scanner = context_of(browser, base_url=site.url)
    stay(scanner, opened, asks, watch)
    scanner.close()
    owner = context_of(browser, base_url=site.url)
    page = owner.new_page()
    walk = Walk(page, watch(page), set())
    page.goto(opened)
    expect(page).to_have_title(re.compile(re.escape(asks)))
    assert token not in page.url
    walk.pick("Czy opis jest prawdziwy", "opis jest nadal prawdziwy")
    walk.fill("Twoje imię i nazwisko", "Ewa Zmyślona")
    walk.fill("Twoja funkcja", "sekretarka")
    walk.send("Zapisz odpowiedzi")
    said(walk, "odpowiedzi są zapisane")
    owner.close()
    late = context_of(browser, base_url=site.url)
    page = late.new_page()
    eyes = watch(page)
    page.goto(opened)
    expect(page.locator("main")).to_contain_text("Ewa Zmyślona, sekretarka")
    assert eyes.examine("baskets.check_answered") == []
    late.close()


def stay(context: BrowserContext, opened: str, asks: str, watch: Callable[[Page], Eyes]) -> None:
    """Let the scripts of the page run for a minute, as a scanner of mails does: they send nothing."""
    page = context.new_page()
    eyes, methods = watch(page), list[str]()
    page.on("request", lambda request: methods.append(request.method))
    page.clock.install()
    page.goto(opened)
    heading = page.get_by_role("heading", level=1, name=asks)
    for _ in range(2):
        expect(heading).to_be_visible()
        page.clock.fast_forward(60_000)
        assert opened.split("/")[-2] not in page.url
        page.reload()
    assert eyes.examine("baskets.check_by_link") == []
    assert set(methods) == {"GET"}
