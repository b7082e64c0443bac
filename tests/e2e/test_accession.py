"""An institution joins by itself, from the invitation to the register, by keyboard (REG §1.3–1.5)."""

import re
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from kooperacja.ui.polish import pl_date
from tenants.registry.roles import Role
from tests.e2e import story
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site
from tests.factories import accounts
from tests.factories import people as make

INSTITUTION = "Akademia Seniora w Gogolinie"
APPLICANT = "akademia@example.pl"
# Who already works for another partner in Walce, without a second factor.
COORDINATOR = "pup@example.pl"
TILE = "#kafel-160501 .panel-value"


def test_from_the_invitation_to_the_register(
    come: Callable[[str, str], Walk], site: Site, tmp_path: Path
) -> None:
    region = come(Role.ROPS_COORDINATOR, "/region/")
    tile = region.page.locator(TILE)
    before = tile.inner_text()
    office = come(Role.LEAD, "/gmina/gogolin/")
    invite(office)

    link = site.link_mailed_to(APPLICANT)
    applicant = come("", link)
    story.join(applicant, link)
    applicant.follow(f"Wypełnij deklarację przystąpienia: {INSTITUTION}")
    give_the_data_of_the_institution(applicant)
    name_people(applicant)
    state(applicant)
    sign_and_file(applicant, tmp_path / "deklaracja.pdf")
    expect(applicant.page.get_by_role("status").first).to_contain_text("Teraz decyduje Lider")

    members = admit(office)
    assert members != before
    # By itself; that it is soon is measured by `make bench` (figures_fresh).
    expect(tile).to_have_text(members)
    link = site.link_mailed_to(COORDINATOR)
    see_two_gminas(come("", link))


def admit(office: Walk) -> str:
    """Accept the declaration; the number of members in the register then."""
    office.follow("Co dziś")
    office.follow(f"Zdecyduj o deklaracji: {INSTITUTION}")
    office.follow("Przyjmij do Partnerstwa")
    office.send("Przyjmij do Partnerstwa")
    expect(office.page.locator("main")).to_contain_text("przyjęto do Partnerstwa w dniu")
    annotated = office.page.get_by_role("link", name="Deklaracja z adnotacją Lidera (PDF)")
    expect(annotated).to_be_visible()
    office.follow("Partnerstwo")
    office.follow("Członkowie")
    row = office.page.get_by_role("row", name=INSTITUTION)
    expect(row).to_contain_text(pl_date(timezone.localdate()))
    return office.page.locator("main caption span").inner_text().strip("()")


def see_two_gminas(coordinator: Walk) -> None:
    """The account is there already; one more place joins it, and the message leads there."""
    coordinator.follow("Zaloguj się")
    story.sign_in(coordinator, COORDINATOR, accounts.PASSWORD)
    coordinator.send("Przyjmij zaproszenie")
    expect(coordinator.page.get_by_role("heading", name="Twoja instytucja")).to_be_visible()
    expect(coordinator.page.locator("main")).to_contain_text(INSTITUTION)
    coordinator.follow(re.compile("Moje sprawy$"))
    places = coordinator.page.get_by_role("region", name="Gdzie pracujesz")
    expect(places.get_by_role("link")).to_have_count(2)
    coordinator.page.reload()
    coordinator.follow(f"Witamy w Partnerstwie: {INSTITUTION}")
    assert "/gmina/gogolin/" in coordinator.page.url


def invite(office: Walk) -> None:
    story.enter_institution(office, INSTITUTION, make.regon(7001))
    office.follow("Zaproś do wypełnienia deklaracji")
    office.fill("Imię i nazwisko", "Alicja Akademicka")
    office.fill("Adres e-mail", APPLICANT)
    office.send("Zaproś")
    expect(office.page.locator("main")).to_contain_text("Alicja Akademicka")


def give_the_data_of_the_institution(applicant: Walk) -> None:
    """From the declaration's page to where entering goes on."""
    applicant.follow("Uzupełnij i złóż")
    applicant.follow("Dane instytucji", exact=False)
    applicant.fill("Telefon", "77 123 45 67")
    applicant.send("Zapisz")
    applicant.follow("Deklaracja przystąpienia")
    applicant.follow("Uzupełnij i złóż")


def name_people(applicant: Walk) -> None:
    applicant.fill("Imię i nazwisko", "Dorota Dyrektorska")
    applicant.fill("Funkcja", "prezes zarządu")
    applicant.send("Dalej")
    applicant.fill("Imię i nazwisko", "Karol Koordynujący")
    applicant.fill("Stanowisko", "animator")
    applicant.fill("Adres e-mail", COORDINATOR)
    applicant.send("Dalej")


def state(applicant: Walk) -> None:
    applicant.tick("Instytucja zapoznała się z regulaminem i go akceptuje")
    applicant.tick("Instytucja zgadza się na publikację")
    applicant.send("Dalej")


def sign_and_file(applicant: Walk, paper: Path) -> None:
    """The print that was downloaded comes back as the scan of what was signed."""
    applicant.download("Deklaracja (PDF)", paper)
    assert paper.read_bytes().startswith(b"%PDF-")
    applicant.attach("Podpisana deklaracja", paper)
    applicant.pick("Jak ją podpisano", "podpis odręczny (skan; oryginał przechowuje Lider)")
    applicant.fill_date("Data podpisania", timezone.localdate())
    applicant.send("Złóż deklarację")
