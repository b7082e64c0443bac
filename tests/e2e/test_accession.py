"""An institution joins by itself, from the invitation to the register, by keyboard (REG §1.3–1.5)."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from kooperacja.ui.polish import pl_date
from tenants.registry.roles import Role
from tests.e2e import story
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site
from tests.factories import people as make

INSTITUTION = "Akademia Seniora w Gogolinie"
APPLICANT = "akademia@example.pl"


def test_from_the_invitation_to_the_register(
    come: Callable[[str, str], Walk], site: Site, tmp_path: Path
) -> None:
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

    office.follow("Co dziś")
    office.follow(f"Zdecyduj o deklaracji: {INSTITUTION}")
    office.follow("Przyjmij do Partnerstwa")
    office.send("Przyjmij do Partnerstwa")
    expect(office.page.locator("main")).to_contain_text("przyjęto do Partnerstwa w dniu")
    office.follow("Partnerstwo")
    office.follow("Członkowie")
    row = office.page.get_by_role("row", name=INSTITUTION)
    expect(row).to_contain_text(pl_date(timezone.localdate()))


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
    applicant.fill("Adres e-mail", "karol@example.pl")
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
