"""Somebody asks what a unit holds of them, and who took the register: the DPO's day (REG §8)."""

import re
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from kooperacja.ui.polish import pl_date
from tests.e2e.site import Site
from tests.e2e.walk import Counted
from tests.e2e.walkers import ASKS, HER_HOUSE, TOOK

# In a wide window, and in a narrow one, where the menu is opened first; fewer is better.
CLICKS, FIELDS = {1280: 28, 320: 36}, 9


def test_what_is_held_of_a_person(walker: Counted, site: Site, tmp_path: Path) -> None:
    walker.sign_in(site.facts["addresses"][f"iod{walker.width}"])
    walker.follow(re.compile("Gogolin$"))
    find_the_person(walker)
    see_the_registers(walker, tmp_path / "upowaznienia.csv")
    find_who_took_the_register(walker, tmp_path / "dziennik.csv")
    see_what_concerned_her_institution(walker)
    read_what_people_are_told(walker)
    walker.sign_out()
    assert walker.count.clicks <= CLICKS[walker.width], walker.count
    assert walker.count.fields <= FIELDS, walker.count


def find_the_person(walker: Counted) -> None:
    """In her institution, and in the registers."""
    search(walker)
    walker.follow(ASKS)
    expect(walker.page.get_by_role("heading", level=1)).to_have_text(HER_HOUSE)
    expect(walker.page.locator("main")).to_contain_text(ASKS)
    search(walker)
    statement = walker.page.get_by_role("link", name=f"Oświadczenie o poufności: {ASKS}")
    expect(statement).to_be_visible()
    walker.follow(re.compile(rf"^Upoważnienie nr \d+: {ASKS}$"))
    expect(walker.page.locator("main")).to_contain_text("pedagog")


def search(walker: Counted) -> None:
    walker.open_menu()
    walker.fill("Szukaj w tej jednostce", "pytajaca")
    walker.send("Szukaj")


def see_the_registers(walker: Counted, file: Path) -> None:
    """Agreements, statements and authorisations; the last ones as a file."""
    row = walker.page.get_by_role("row").filter(has_text=HER_HOUSE)
    walker.go("Ochrona danych")
    expect(row.first).to_contain_text("ważna")
    walker.follow("Umowy")
    expect(row).to_contain_text("obowiązuje")
    walker.go("Ochrona danych")
    walker.follow("Oświadczenia")
    walker.go("Ochrona danych")
    walker.follow("Upoważnienia")
    walker.download("CSV", file)
    assert ASKS in file.read_text("utf-8-sig")


def find_who_took_the_register(walker: Counted, file: Path) -> None:
    today = timezone.localdate()
    walker.go("Dziennik")
    walker.unfold("Wybierz wpisy")
    walker.choose("Co zrobiono", "pobrano rejestr członków")
    walker.fill_date("Od dnia", today)
    walker.fill_date("Do dnia", today)
    walker.send("Pokaż wpisy")
    journal = walker.page.locator(".k-journal")
    expect(journal).to_contain_text(TOOK)
    expect(journal).to_contain_text(f"rejestr członków na dzień {pl_date(today)}, XLSX")
    walker.download("CSV", file)
    assert TOOK in file.read_text("utf-8-sig")
    walker.send("Wyczyść")


def see_what_concerned_her_institution(walker: Counted) -> None:
    walker.unfold("Wybierz wpisy")
    walker.fill("Czego dotyczy (część nazwy instytucji)", "Znakiem Zapytania")
    walker.send("Pokaż wpisy")
    journal = walker.page.locator(".k-journal")
    expect(journal).to_contain_text("wskazano pracownika do ZZK")
    expect(journal).to_contain_text(HER_HOUSE)


def read_what_people_are_told(walker: Counted) -> None:
    """Annex 3, which everybody must have read; the notice on the public page says whom to ask."""
    walker.go("Ochrona danych")
    walker.follow("Moje upoważnienia i oświadczenia")
    walker.follow("Przeczytaj załącznik nr 3")
    expect(walker.page.get_by_role("heading", level=1)).to_contain_text("Ochrona danych osobowych")
    walker.follow("O Partnerstwie i jak dołączyć")
    walker.unfold("Informacja o danych osobowych")
    expect(walker.page.get_by_text("Inspektor ochrony danych: Irena Przykładowa")).to_be_visible()
