"""A partner in two gminas, once a month: what waits in both, by keyboard alone (REG §9)."""

import re

from playwright.sync_api import expect

from tests.e2e.site import Site
from tests.e2e.walk import Counted
from tests.e2e.walkers import PARTNER

# In a wide window, and in a narrow one, where the menu is opened first; fewer is better.
CLICKS, FIELDS = {1280: 14, 320: 19}, 5


def test_a_partner_in_two_gminas(walker: Counted, site: Site) -> None:
    walker.sign_in(site.facts["addresses"][f"partner{walker.width}"])
    waiting = walker.page.get_by_role("region", name="Czeka na Ciebie")
    expect(waiting).to_contain_text("Gogolin")
    expect(waiting).to_contain_text("Zdzieszowice")
    vote(walker)
    walker.go_to_own()
    read_the_regulation(walker)
    correct_the_profile(walker)
    walker.go_to_own()
    expect(waiting).not_to_contain_text("regulaminem")
    look_at_the_calendar(walker)
    walker.sign_out()
    assert walker.count.clicks <= CLICKS[walker.width], walker.count
    assert walker.count.fields <= FIELDS, walker.count


def vote(walker: Counted) -> None:
    walker.follow(f"Zagłosuj nad zmianą regulaminu: {PARTNER}")
    expect(walker.page.locator("main")).to_contain_text("Częstsze spotkania, nowe zadania.")
    walker.pick("Głos", "za")
    walker.send("Oddaj głos")
    expect(walker.page.get_by_role("status").first).to_contain_text("Zapisano głos")


def read_the_regulation(walker: Counted) -> None:
    walker.follow(re.compile(r"^Zapoznaj się z regulaminem \(wersja 2\)"))
    walker.send("Znam tę wersję regulaminu")
    expect(walker.page.locator("main")).to_contain_text("znasz tę wersję")


def correct_the_profile(walker: Counted) -> None:
    walker.go("Moja instytucja")
    walker.follow(re.compile(rf"^Zmień profil i dane kontaktowe\s?: {PARTNER}$"))
    walker.fill("Telefon", "77 123 45 67")
    walker.send("Zapisz")
    expect(walker.page.locator("main")).to_contain_text("77 123 45 67")


def look_at_the_calendar(walker: Counted) -> None:
    """It tells of both gminas."""
    walker.go("Kalendarz")
    of_institution = walker.page.get_by_role("link", name=f"Sprawdź umowę o danych: {PARTNER}")
    expect(of_institution).to_have_count(2)
